/**
 * A kind of tax number. `type` is Stripe's (https://docs.stripe.com/billing/customer/tax-ids); `pattern` is for the number
 * in capitals without spaces and punctuation, `written` puts the punctuation back as Stripe shows it.
 */
export type TaxKind = {
  readonly key: string
  readonly type: string
  readonly country: string
  /** As the country itself calls it. */
  readonly name: string
  readonly example: string
  readonly pattern: RegExp
  readonly written?: string
  /** People leave it off, and it is put back. */
  readonly prefix?: string
}

/** Of the EU: country, prefix where it is not the country's code, example and shape after the prefix. */
const european: readonly (readonly [country: string, digits: string, shape: RegExp, prefix?: string])[] = [
  ['AT', 'U12345678', /U\d{8}/],
  ['BE', '0123456789', /[01]\d{9}/],
  ['BG', '123456789', /\d{9,10}/],
  ['CY', '12345678Z', /\d{8}[A-Z]/],
  ['CZ', '1234567890', /\d{8,10}/],
  ['DE', '123456789', /\d{9}/],
  ['DK', '12345678', /\d{8}/],
  ['EE', '123456789', /\d{9}/],
  ['ES', 'A1234567Z', /[A-Z\d]\d{7}[A-Z\d]/],
  ['FI', '12345678', /\d{8}/],
  ['FR', 'AB123456789', /[A-HJ-NP-Z\d]{2}\d{9}/],
  ['GR', '123456789', /\d{9}/, 'EL'],
  ['HR', '12345678912', /\d{11}/],
  ['HU', '12345678', /\d{8}/],
  ['IE', '1234567AB', /\d[A-Z\d]\d{5}[A-Z]{1,2}/],
  ['IT', '12345678912', /\d{11}/],
  ['LT', '123456789123', /\d{9}(\d{3})?/],
  ['LU', '12345678', /\d{8}/],
  ['LV', '12345678912', /\d{11}/],
  ['MT', '12345678', /\d{8}/],
  ['NL', '123456789B12', /\d{9}B\d{2}/],
  ['PL', '1234567890', /\d{10}/],
  ['PT', '123456789', /\d{9}/],
  ['RO', '1234567891', /\d{2,10}/],
  ['SE', '123456789123', /\d{12}/],
  ['SI', '12345678', /\d{8}/],
  ['SK', '1234567891', /\d{10}/],
  ['GB', '123456789', /\d{9}(\d{3})?/, 'XI'],
]

const euKinds: readonly TaxKind[] = european.map(([country, digits, shape, prefix = country]) => ({
  key: `eu_vat-${prefix}`,
  type: 'eu_vat',
  country,
  name: prefix === 'XI' ? 'VAT (XI)' : 'VAT',
  example: `${prefix}${digits}`,
  pattern: new RegExp(`^${prefix}${shape.source}$`),
  prefix,
}))

const others: readonly TaxKind[] = [
  kind('gb_vat', 'GB', 'VAT', 'GB123456789', /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, { prefix: 'GB' }),
  kind('ch_vat', 'CH', 'MWST / TVA / IVA', 'CHE-123.456.789 MWST', /^CHE(\d{3})(\d{3})(\d{3})(MWST|TVA|IVA)$/, {
    written: 'CHE-$1.$2.$3 $4',
  }),
  kind('ch_uid', 'CH', 'UID / IDE', 'CHE-123.456.789', /^CHE(\d{3})(\d{3})(\d{3})$/, { written: 'CHE-$1.$2.$3' }),
  kind('li_uid', 'LI', 'UID', 'CHE123456789', /^CHE\d{9}$/),
  kind('no_vat', 'NO', 'MVA', '123456789MVA', /^(\d{9})(MVA)?$/, { written: '$1MVA' }),
  kind('is_vat', 'IS', 'VSK', '123456', /^\d{5,6}$/),
  kind('us_ein', 'US', 'EIN', '12-3456789', /^(\d{2})(\d{7})$/, { written: '$1-$2' }),
  kind('ca_gst_hst', 'CA', 'GST / HST', '123456789RT0002', /^\d{9}RT\d{4}$/),
  kind('ca_bn', 'CA', 'BN', '123456789', /^\d{9}$/),
  kind('ca_qst', 'CA', 'QST', '1234567890TQ1234', /^\d{10}TQ\d{4}$/),
  kind('au_abn', 'AU', 'ABN', '12345678912', /^\d{11}$/),
  kind('nz_gst', 'NZ', 'GST', '123456789', /^\d{8,9}$/),
  kind('in_gst', 'IN', 'GSTIN', '12ABCDE3456FGZH', /^\d{2}[A-Z\d]{13}$/),
  kind('jp_cn', 'JP', '法人番号', '1234567891234', /^\d{13}$/),
  kind('jp_trn', 'JP', '登録番号', 'T1234567891234', /^T\d{13}$/, { prefix: 'T' }),
  kind('br_cnpj', 'BR', 'CNPJ', '01.234.456/5432-10', /^(\w{2})(\w{3})(\w{3})(\w{4})(\d{2})$/, {
    written: '$1.$2.$3/$4-$5',
  }),
  kind('br_cpf', 'BR', 'CPF', '123.456.789-87', /^(\d{3})(\d{3})(\d{3})(\d{2})$/, { written: '$1.$2.$3-$4' }),
  kind('mx_rfc', 'MX', 'RFC', 'ABC010203AB9', /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/),
  kind('ar_cuit', 'AR', 'CUIT', '12-34567890-1', /^(\d{2})(\d{8})(\d)$/, { written: '$1-$2-$3' }),
  kind('cl_tin', 'CL', 'RUT', '12.345.678-K', /^(\d{1,2})(\d{3})(\d{3})([\dK])$/, { written: '$1.$2.$3-$4' }),
  kind('co_nit', 'CO', 'NIT', '123.456.789-0', /^(\d{3})(\d{3})(\d{3})(\d)$/, { written: '$1.$2.$3-$4' }),
  kind('pe_ruc', 'PE', 'RUC', '12345678901', /^\d{11}$/),
  kind('sg_gst', 'SG', 'GST', 'M12345678X', /^[A-Z\d]{9,10}$/),
  kind('sg_uen', 'SG', 'UEN', '123456789F', /^[A-Z\d]{9,10}$/),
  kind('hk_br', 'HK', 'BR', '12345678', /^\d{8}$/),
  kind('kr_brn', 'KR', '사업자등록번호', '123-45-67890', /^(\d{3})(\d{2})(\d{5})$/, { written: '$1-$2-$3' }),
  kind('tw_vat', 'TW', '統一編號', '12345678', /^\d{8}$/),
  kind('cn_tin', 'CN', '税号', '123456789012345678', /^[A-Z\d]{15,20}$/),
  kind('th_vat', 'TH', 'VAT', '1234567891234', /^\d{13}$/),
  kind('my_sst', 'MY', 'SST', 'A12-3456-78912345', /^([A-Z]\d{2})(\d{4})(\d{8})$/, { written: '$1-$2-$3' }),
  kind('id_npwp', 'ID', 'NPWP', '012.345.678.9-012.345', /^(\d{3})(\d{3})(\d{3})(\d)(\d{3})(\d{3})$/, {
    written: '$1.$2.$3.$4-$5.$6',
  }),
  kind('ph_tin', 'PH', 'TIN', '123456789012', /^\d{12}$/),
  kind('vn_tin', 'VN', 'MST', '1234567890', /^\d{10}(\d{3})?$/),
  kind('tr_tin', 'TR', 'VKN', '0123456789', /^\d{10}$/),
  kind('il_vat', 'IL', 'VAT', '000012345', /^\d{9}$/),
  kind('ae_trn', 'AE', 'TRN', '123456789012345', /^\d{15}$/),
  kind('sa_vat', 'SA', 'VAT', '123456789012345', /^\d{15}$/),
  kind('za_vat', 'ZA', 'VAT', '4123456789', /^4\d{9}$/),
  kind('eg_tin', 'EG', 'TIN', '123456789', /^\d{9}$/),
  kind('ke_pin', 'KE', 'PIN', 'P000111111A', /^[A-Z]\d{9}[A-Z]$/),
  kind('ng_tin', 'NG', 'TIN', '12345678-0001', /^(\d{8})(\d{4})$/, { written: '$1-$2' }),
  kind('ua_vat', 'UA', 'ІПН', '123456789', /^\d{9,12}$/),
  kind('rs_pib', 'RS', 'PIB', '123456789', /^\d{9}$/),
]

/** A country's own kind stands before the EU's. */
export const taxKinds: readonly TaxKind[] = [...others, ...euKinds]

/** The first kind of a country is the usual one. */
export function usualKind(country: string): TaxKind | undefined {
  return taxKinds.find((known) => known.country === country)
}

/** The number as Stripe writes it; undefined where it cannot be of this kind. */
export function writtenAs({ pattern, prefix, written }: TaxKind, typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s.\-/]/g, '')
  const whole = [plain, ...(prefix === undefined ? [] : [`${prefix}${plain}`])].find((text) => pattern.test(text))
  return whole === undefined || written === undefined ? whole : whole.replace(pattern, written)
}

function kind(
  type: string,
  country: string,
  name: string,
  example: string,
  pattern: RegExp,
  more: Pick<TaxKind, 'written' | 'prefix'> = {},
): TaxKind {
  return { key: type, type, country, name, example, pattern, ...more }
}
