import { textTable } from '../../kit/texts.ts'

/** Texts of one language, by name. */
export const textsOf = textTable({
  service: { en: 'Tax and Customs Board', et: 'Maksu- ja Tolliamet', ja: '税務関税庁' },
  welcome: {
    en: 'Your tax return is already filled in. Check it, confirm it, and the refund is on its way.',
    et: 'Sinu tuludeklaratsioon on juba täidetud. Kontrolli, kinnita ja tagastus ongi teel.',
    ja: '確定申告はすでに記入されています。確認して提出すれば、還付金が振り込まれます。',
  },
  mine: { en: 'My tax returns', et: 'Minu deklaratsioonid', ja: '自分の申告' },
  start: {
    en: 'Open the pre-filled return for',
    et: 'Ava eeltäidetud deklaratsioon, aasta',
    ja: '記入済みの申告を開く：',
  },
  year: { en: 'Year', et: 'Aasta', ja: '年' },
  state: { en: 'State', et: 'Seis', ja: '状態' },
  draft: { en: 'Draft', et: 'Mustand', ja: '下書き' },
  confirmed: { en: 'Confirmed, being assessed', et: 'Kinnitatud, arvutamisel', ja: '提出済み、審査中' },
  paid: { en: 'Assessed', et: 'Arvutatud', ja: '審査完了' },
  number: { en: 'Number', et: 'Number', ja: '番号' },
  taxReturn: { en: 'Tax return', et: 'Tuludeklaratsioon', ja: '確定申告' },
  receipt: { en: 'Receipt', et: 'Kviitung', ja: '受領証' },
  name: { en: 'Name', et: 'Nimi', ja: '氏名' },
  address: { en: 'Address', et: 'Aadress', ja: '住所' },
  gross: {
    en: 'Income, as employers reported it',
    et: 'Tulu tööandjate andmetel',
    ja: '収入（雇用主の報告）',
  },
  withheld: { en: 'Tax already withheld', et: 'Kinni peetud tulumaks', ja: '源泉徴収税額' },
  training: { en: 'Training costs', et: 'Koolituskulud', ja: '教育費' },
  donations: { en: 'Donations', et: 'Annetused', ja: '寄付金' },
  interest: { en: 'Home loan interest', et: 'Eluasemelaenu intressid', ja: '住宅ローン利子' },
  note: { en: 'Note to the official', et: 'Selgitus ametnikule', ja: '担当者への説明' },
  tax: { en: 'Income tax', et: 'Tulumaks', ja: '所得税' },
  refund: { en: 'Refund', et: 'Tagastus', ja: '還付額' },
  due: { en: 'Still to pay', et: 'Juurde maksta', ja: '納付額' },
  payout: { en: 'Paid to', et: 'Makstud kontole', ja: '振込先' },
  confirm: { en: 'Confirm and hand in', et: 'Kinnita ja esita', ja: '確認して提出' },
  account: { en: 'Refund account', et: 'Tagastuskonto', ja: '還付口座' },
  iban: { en: 'Account number (IBAN)', et: 'Kontonumber (IBAN)', ja: '口座番号（IBAN）' },
  badIban: {
    en: 'This is not an account number.',
    et: 'See ei ole kontonumber.',
    ja: '口座番号ではありません。',
  },
  badAmount: { en: 'Check the amounts.', et: 'Kontrolli summasid.', ja: '金額を確認してください。' },
  notFound: {
    en: 'You have no such tax return.',
    et: 'Sul ei ole sellist deklaratsiooni.',
    ja: 'その申告はありません。',
  },
  registerSilent: {
    en: 'The population register does not answer. Please try again in a moment.',
    et: 'Rahvastikuregister ei vasta. Palun proovi hetke pärast uuesti.',
    ja: '住民登録が応答しません。しばらくしてからもう一度お試しください。',
  },
})

export type TextName = keyof ReturnType<typeof textsOf>
