import type { Phrases } from './phrases.ts'

/** The most common sentences in Italian, Dutch, Polish, Russian and Turkish. */
export const further: Phrases = {
  says: {
    account_frozen: {
      sure: [
        'account ~3 sospeso|bloccato|disattivato',
        'account ~3 geblokkeerd|opgeschort',
        'konto ~3 zablokowane|zawieszone',
        'аккаунт|учетная|учётная ~3 заблокирован*|приостановлен*',
        'hesab* ~3 askıya|donduruldu',
      ],
    },
    card_declined: {
      sure: [
        'carta|pagamento|transazione ~4 rifiutata|rifiutato|respinta|respinto|negata',
        'kaart|betaling|creditcard ~4 geweigerd|afgewezen',
        'karta|płatność|transakcja ~4 odrzucona|odrzucono',
        'карта|карты|платёж|платеж|оплата ~4 отклонен*|отклонён',
        'kart*|ödeme* ~4 reddedildi',
        'kart* limiti yetersiz',
      ],
    },
    card_expired: {
      sure: [
        'carta ~4 scaduta',
        'kaart|creditcard ~4 verlopen',
        'karta|karty ~4 wygasła|straciła',
        'карты ~4 истёк|истек|истекла',
        'kart* ~4 süresi ~2 doldu|dolmuş|geçmiş',
      ],
    },
    invoice_overdue: {
      sure: [
        'fattura|fatture ~4 scaduta|scadute|insoluta|insolute|pagata|sospeso',
        'factuur|facturen ~4 openstaan*|onbetaald|achterstallig*',
        'openstaande|onbetaalde|achterstallige ~1 factuur|facturen',
        'faktura|faktury ~4 nieopłacona|zaległa|nieopłacone|zaległe',
        'zaległ*|nieopłacon* ~1 faktur*|płatnoś*',
        'неоплаченн*|просроченн* ~2 счет*|счёт*|платеж*|задолженность',
        'ödenmemiş ~2 fatura*',
      ],
    },
    subscription_canceled: {
      sure: [
        'abbonamento|licenza ~4 scaduto|scaduta|annullato|cancellato|terminato|disdetto',
        'abonnement|licentie|lidmaatschap ~4 verlopen|opgezegd|beëindigd|geannuleerd',
        'subskrypcja|subskrypcji|abonament|licencja ~4 wygasła|wygasł|anulowana|zakończona|zakończył',
        'подписка|подписки|лицензия ~4 истек*|истёк|закончил*|отменен*|отменён*',
        'abonelik|aboneliğiniz|üyeliğiniz|lisansınız ~4 sona|doldu|iptal',
      ],
    },
    trial_ended: {
      sure: [
        'prova ~4 terminato|terminata|scaduto|scaduta|finito|finita|concluso',
        'proefperiode|proefversie ~4 verlopen|afgelopen|voorbij|beëindigd',
        'próbny|próbna|próbnego ~4 zakończył|wygasł|upłynął|minął',
        'пробный|пробного|пробная ~4 закончил*|истёк|истек|завершен*|завершён|завершился',
        'deneme* ~4 sona|doldu|bitti',
      ],
    },
    no_payment_method: {
      sure: [
        'nessun|nessuna|senza ~2 metodo di pagamento',
        'nessuna|senza ~1 carta',
        'geen ~2 betaalmethode|betaalmiddel|creditcard',
        'brak ~2 metody płatności',
        'способ оплаты не ~1 привязан|добавлен|указан',
        'ödeme yöntemi bulunamadı|yok|eklenmemiş',
      ],
      likely: [
        'aggiungi|aggiungere|inserisci ~2 metodo|carta',
        'voeg ~3 betaalmethode|creditcard',
        'dodaj ~2 metodę|kartę',
      ],
    },
    spend_cap_reached: {
      sure: [
        'limite|tetto ~2 spesa ~4 raggiunto|superato',
        'raggiunto|superato ~4 limite|tetto ~2 spesa',
        'bestedingslimiet|budget ~4 bereikt|overschreden',
        'limit wydatków|budżetu ~4 osiągnięty|przekroczony',
        'лимит расходов|трат ~4 исчерпан|достигнут|превышен',
      ],
    },
    credits_exhausted: {
      sure: [
        'crediti|credito|saldo ~4 esauriti|esaurito|insufficiente|insufficienti|terminati',
        'insufficiente|esaurito ~3 crediti|credito|saldo',
        'tegoed|credits|saldo ~4 op|onvoldoende|ontoereikend|verbruikt',
        'onvoldoende|geen ~2 tegoed|credits|saldo',
        'niewystarczające|niewystarczająca|brak ~2 środki|środków|saldo|kredytów',
        'недостаточно ~2 средств|кредитов|баланса',
        'баланс* ~3 недостаточ*|исчерпан*',
      ],
    },
    usage_limit_exceeded: {
      sure: [
        'raggiunto|superato ~4 limite|quota ~4 mensile|piano|utilizzo',
        'limite|quota ~3 mensile|utilizzo|piano ~4 raggiunto|raggiunta|superato|superata|esaurita',
        'maandlimiet|gebruikslimiet ~4 bereikt|overschreden',
        'limiet ~4 abonnement|maand|maandelijkse|pakket ~4 bereikt|overschreden',
        'maandelijkse limiet ~4 bereikt|overschreden',
        'miesięczny|miesięcznego|planu limit|limitu ~4 przekroczony|osiągnięty|wykorzystany|wyczerpany',
        'месячн*|ежемесячн* ~2 лимит|квота ~4 исчерпан*|превышен*|достигнут*',
        'исчерпан*|превышен* ~3 месячн*|ежемесячн* ~2 лимит|квота',
        'aylık ~3 limit*|kota* ~4 ulaştınız|aştınız|doldu|aşıldı',
      ],
    },
    seat_limit: {
      sure: [
        'numero massimo ~2 utenti|membri|licenze',
        'maximale ~1 aantal ~2 gebruikers|leden|licenties',
        'maksymalna|maksymalną liczba|liczbę ~1 użytkowników|licencji',
      ],
    },
    plan_lacks_feature: {
      sure: [
        'non ~4 inclusa|incluso|disponibile|incluse ~5 piano|abbonamento',
        'piano|abbonamento ~3 non ~2 include|comprende|prevede|consente',
        'niet ~4 beschikbaar|inbegrepen ~5 abonnement|pakket|plan',
        'niet ~2 abonnement|pakket ~2 inbegrepen|beschikbaar',
        'niedostępna|niedostępne|niedostępny ~5 planie|abonamencie',
        'недоступн* ~5 тариф*|плане|подписке',
      ],
    },
    rate_limited: {
      sure: [
        'troppe richieste',
        'te veel verzoeken|aanvragen',
        'zbyt wiele|dużo żądań|zapytań',
        'слишком ~1 запросов',
        'çok fazla istek',
      ],
    },
  },
  open: [
    [
      ['card_declined', 'card_expired', 'authentication_required', 'no_payment_method', 'invoice_overdue'],
      'likely',
      [
        'pagamento ~4 fallito|riuscito',
        'betaling ~4 mislukt',
        'płatność ~4 powiodła|nieudana',
        'оплата|платеж|платёж ~4 прошел|прошёл|удалось|неудачн*',
        'ödeme ~4 başarısız|alınamadı',
      ],
    ],
    [
      ['card_declined', 'credits_exhausted'],
      'likely',
      ['fondi insufficienti', 'onvoldoende saldo', 'yetersiz ~1 bakiye', 'bakiye* ~3 yetersiz'],
    ],
  ],
  doubts: [],
  nothing: [],
}
