import type { Text } from './html.ts'

/** Names of the members of X-Road, by register code. */
const ORGANISATIONS: Readonly<Record<string, Text>> = {
  70000001: { en: 'Population Register', et: 'Rahvastikuregister', ja: '住民登録局' },
  70000002: { en: 'Tax and Customs Board', et: 'Maksu- ja Tolliamet', ja: '税務関税庁' },
  70000003: { en: 'Information System Authority', et: 'Riigi Infosüsteemi Amet', ja: '情報システム庁' },
  70000004: { en: 'State Portal', et: 'Riigiportaal', ja: '国家ポータル' },
  70000005: { en: 'Municipality of Meresadam', et: 'Meresadama linnavalitsus', ja: 'メレサダム市役所' },
  10000001: { en: 'Meremaa Savings Bank', et: 'Meremaa Hoiupank', ja: 'メレマー貯蓄銀行' },
}

/** Name of an organisation in three languages; its code when nobody knows it. */
export function organisationName(code: string): Text {
  return ORGANISATIONS[code] ?? { en: code, et: code, ja: code }
}
