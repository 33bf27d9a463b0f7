import type { Phrases } from './phrases.ts'

/** The most common sentences in German, French, Spanish and Portuguese. */
export const european: Phrases = {
  says: {
    account_frozen: {
      sure: [
        'konto|account|organisation ~4 gesperrt|eingefroren',
        'compte ~3 suspendu|bloqué|gelé',
        'cuenta ~3 suspendida|bloqueada|congelada',
        'conta ~3 suspensa|bloqueada|congelada',
      ],
    },
    payment_processing: {
      sure: [
        'zahlung ~3 verarbeitet|bearbeitet .',
        'zahlung ~3 noch ~2 bearbeitung|verarbeitung',
        'paiement ~3 en cours',
        'pago ~3 procesando|proceso',
        'pagamento ~3 processamento|processado',
      ],
    },
    authentication_required: {
      sure: [
        'zahlung|karte|kartenzahlung ~4 bestätig*|authentifizier*',
        'bestätig* ~4 zahlung|kartenzahlung',
        'bank ~4 bestätigung|authentifizierung',
        'paiement|banque ~4 authentification|confirmation',
        'authentification ~4 requise|nécessaire|paiement|banque',
        'pago|banco|tarjeta ~4 autenticación|confirmación|autenticar',
        'pagamento|banco|cartão ~4 autenticação|confirmação',
      ],
    },
    card_declined: {
      sure: [
        'karte|kreditkarte|zahlung|kartenzahlung|lastschrift ~4 abgelehnt',
        'carte|paiement|transaction ~4 refusée|refusé|rejetée|rejeté|déclinée',
        'tarjeta|pago|transacción ~4 rechazada|rechazado|denegada|declinada',
        'cartão|pagamento|transação ~4 recusado|recusada|rejeitado|negado',
      ],
    },
    card_expired: {
      sure: [
        'karte|kreditkarte|zahlungsmethode ~4 abgelaufen',
        'abgelaufene ~1 karte|kreditkarte',
        'carte ~4 expiré|expirée|périmée',
        'tarjeta ~4 caducado|caducada|vencido|vencida|expirado|expirada|venció|caducó',
        'cartão ~4 expirou|expirado|vencido|venceu',
      ],
    },
    invoice_overdue: {
      sure: [
        'rechnung|rechnungen|zahlung ~4 überfällig|unbezahlt|offen',
        'offene*|überfällig*|unbezahlt*|ausstehend* ~1 rechnung|rechnungen|zahlung',
        'zahlungsverzug*|zahlungsrückstand*',
        'kein|keinen ~1 zahlungseingang',
        'facture|factures ~4 impayée|impayées|retard|échue',
        'impayé|impayés',
        'falta de pago|pagamento',
        'défaut de paiement',
        'nichtzahlung|zahlungsausfall',
        'factura|facturas ~4 vencida|vencidas|impagada|impagadas|pendiente|pendientes',
        'fatura|faturas ~4 atraso|vencida|vencidas|aberto|pendente|pendentes',
      ],
    },
    subscription_paused: {
      sure: [
        'abonnement|abo ~3 pausiert',
        'abonnement ~3 pause',
        'suscripción ~3 pausada|pausa',
        'assinatura ~3 pausada',
      ],
    },
    subscription_canceled: {
      sure: [
        'abonnement|abo|lizenz|mitgliedschaft ~4 abgelaufen|gekündigt|beendet|ausgelaufen',
        'abonnement|licence ~4 expiré|expirée|résilié|annulé|terminé',
        'suscripción|licencia ~4 caducado|caducada|vencido|vencida|expirado|expirada|cancelada|cancelado|terminado',
        'assinatura|licença ~4 expirou|expirada|cancelada|terminou|encerrada|vencida',
      ],
    },
    trial_ended: {
      sure: [
        'testphase|testzeitraum|probezeit|testversion|probezeitraum|testabo ~5 abgelaufen|beendet|vorbei|ende|endete|ausgelaufen',
        'essai ~5 terminé|terminée|expiré|expirée|fini|finie|échu',
        'prueba ~5 terminado|terminó|finalizado|finalizó|expirado|expiró|vencido|acabado|caducado',
        'teste|avaliação|trial ~5 terminou|acabou|expirou|encerrado|encerrou|finalizado|terminado',
      ],
    },
    no_payment_method: {
      sure: [
        'keine ~2 zahlungsmethode|zahlungsart|kreditkarte|karte|zahlungsmittel',
        'aucun|aucune|sans ~2 moyen|mode|méthode|carte ~1 paiement|bancaire|enregistrée',
        'ningún|ninguna|sin|no ~3 método|forma|medio de pago',
        'nenhum|nenhuma|sem|não ~3 método|forma|meio de pagamento',
      ],
      likely: [
        'zahlungsmethode|zahlungsart|zahlungsmittel|kreditkarte ~3 hinzu|hinzufügen|hinterlegen|erforderlich',
        'ajoutez|ajouter ~2 moyen|mode|carte ~1 paiement|bancaire',
        'agregue|agrega|añada|añade|agregar|añadir ~2 método|forma|tarjeta ~1 pago|crédito',
        'adicione|adicionar|cadastre ~2 método|forma|cartão ~1 pagamento|crédito',
      ],
    },
    billing_details_missing: {
      sure: [
        'rechnungsadresse|rechnungsanschrift|umsatzsteuer|ust|rechnungsdaten ~4 fehlt|fehlen|unvollständig|erforderlich|ungültig|vervollständigen',
        'adresse de facturation ~4 manquante|requise|incomplète|obligatoire',
        'falta|faltan ~2 dirección de facturación',
        'dirección de facturación ~4 falta|requerida|obligatoria|incompleta|necesaria',
        'endereço de cobrança|faturamento|faturação ~4 falta|obrigatório|incompleto|necessário',
      ],
    },
    spend_cap_reached: {
      sure: [
        'ausgabenlimit|budget|ausgabengrenze|kostenlimit|budgetlimit ~4 erreicht|überschritten|aufgebraucht|ausgeschöpft',
        'limite|plafond de|des dépenses|dépense ~4 atteinte|atteint|dépassée|dépassé',
        'límite de gasto|gastos ~4 alcanzado|superado|excedido',
        'alcanzado|superado|excedido ~4 límite de gasto|gastos',
        'limite de gastos|gasto ~4 atingido|excedido|ultrapassado',
      ],
    },
    credits_exhausted: {
      sure: [
        'zu wenig guthaben|credits|tokens',
        'guthaben|credits|kontostand ~5 aufgebraucht|erschöpft|verbraucht|leer|niedrig|reicht|ausreichend',
        'nicht|unzureichendes|kein|keine|ungenügendes ~3 guthaben|credits',
        'crédit|crédits|solde ~4 épuisés|épuisé|insuffisant|insuffisants',
        'plus ~2 crédits',
        'créditos|saldo ~4 agotado|agotados|insuficiente|insuficientes|esgotado|esgotados|acabaram|acabado',
        'sin|sem ~1 créditos|saldo',
        'no|não ~3 suficientes|suficiente ~1 créditos|saldo',
        'no|não ~3 créditos|saldo suficientes|suficiente',
        'agotado|esgotou ~3 créditos|saldo',
      ],
    },
    usage_limit_exceeded: {
      sure: [
        'nutzungslimit|kontingent|nutzungsgrenze|monatslimit|datenvolumen|nutzungskontingent|freikontingent ~5 erreicht|überschritten|aufgebraucht|ausgeschöpft|erschöpft',
        'monatliche|monatlichen|monatliches ~3 limit|kontingent|nutzungslimit|grenze ~3 erreicht|überschritten|aufgebraucht|ausgeschöpft',
        'limit|limite|límite ~4 tarif|tarifs|plans|forfait|plan|plano ~3 erreicht|überschritten|atteinte|atteint|dépassée|alcanzado|superado|atingido|excedido',
        'quota ~3 dépassé|atteint|épuisé',
        'limite|plafond ~2 mensuelle|mensuel|utilisation|usage ~4 atteinte|atteint|dépassée|dépassé',
        'atteint|dépassé ~4 limite|quota ~4 mensuelle|mensuel|forfait|utilisation|usage|plan',
        'límite|cuota ~3 mensual|uso|plan ~4 alcanzado|superado|excedido|agotado',
        'alcanzado|superado|excedido|agotado ~4 límite|cuota ~4 mensual|uso|plan',
        'limite|cota ~3 mensal|uso|utilização|plano ~4 atingido|excedido|ultrapassado|esgotada',
        'atingiu|excedeu|ultrapassou ~4 limite|cota ~4 mensal|uso|utilização|plano',
      ],
    },
    seat_limit: {
      sure: [
        'lizenzen|plätze|sitzplätze|benutzerlizenzen|nutzerlizenzen ~4 vergeben|belegt|aufgebraucht|verfügbar|erreicht',
        'keine ~3 lizenzen|plätze|sitze',
        'maximale ~2 anzahl ~3 benutzer|nutzer|mitglieder|benutzern|nutzern|mitgliedern|plätze',
        'nombre ~2 maximal|maximum ~3 utilisateurs|membres|sièges|licences',
        'límite|máximo ~4 usuarios|miembros|licencias|asientos|puestos',
        'limite|máximo ~4 usuários|utilizadores|membros|licenças|assentos',
      ],
    },
    plan_lacks_feature: {
      sure: [
        'nicht ~3 tarif|plan|abonnement|paket|abo ~3 enthalten|verfügbar',
        'tarif|plan|abonnement|paket|abo ~5 nicht enthalten|verfügbar',
        'funktion|feature ~5 nicht ~6 tarif|plan|abonnement|paket',
        'pas|non ~4 incluse|inclus|disponible ~4 forfait|abonnement|offre|plan|formule',
        'forfait|abonnement|offre|plan|formule ~4 pas ~5 fonctionnalité|fonction',
        'erfordert|benötigt ~3 premium|pro|business|enterprise ~1 tarif|plan|abo|abonnement',
        'nécessite ~3 abonnement|forfait|plan|offre premium|pro|business|supérieur|payant',
        'requiere|requer|exige|richiede ~3 plan|plano|piano|suscripción|assinatura|abbonamento premium|pro|business|enterprise|superior',
        'no ~4 incluida|incluido|disponible|incluye ~5 plan|suscripción|función',
        'plan|suscripción ~3 no incluye|permite',
        'não ~4 incluído|incluída|disponível|inclui ~5 plano|assinatura|recurso',
      ],
    },
    rate_limited: {
      sure: [
        'zu viele anfragen',
        'trop de requêtes',
        'demasiadas solicitudes|peticiones',
        'muitas solicitações|requisições|pedidos',
      ],
    },
  },
  open: [
    [
      ['card_declined', 'card_expired', 'authentication_required', 'no_payment_method', 'invoice_overdue'],
      'likely',
      [
        'zahlung ~5 fehlgeschlagen|nicht',
        'zahlungsmethode|zahlungsart ~5 aktualisieren',
        'paiement ~4 échoué|échec',
        'échec ~3 paiement',
        'pago ~4 fallido|fallado|falló|procesar',
        'pagamento ~4 falhou|falha|processar',
      ],
    ],
    [
      ['card_declined', 'credits_exhausted'],
      'likely',
      ['fondos insuficientes', 'fonds insuffisants', 'fundos insuficientes'],
    ],
  ],
  doubts: [
    // Why, it says in words that may not be among ours.
    [
      ['invoice_overdue', 'subscription_canceled', 'trial_ended', 'credits_exhausted', 'usage_limit_exceeded'],
      [
        'gesperrt|deaktiviert|eingefroren ~2 weil|wegen|aufgrund|da',
        'suspendu|bloqué|gelé ~2 car|raison|cause',
        'suspendida|bloqueada|congelada|suspensa ~2 porque|por|devido',
      ],
    ],
  ],
  nothing: [],
}
