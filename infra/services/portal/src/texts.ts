import type { Lang, Text } from '../../kit/html.ts'

const TEXTS = {
  service: { en: 'State portal', et: 'Riigiportaal', ja: '国家ポータル' },
  welcome: {
    en: 'One place for your letters, your data and who has looked at it.',
    et: 'Üks koht sinu kirjadele, andmetele ja sellele, kes neid on vaadanud.',
    ja: '通知、自分のデータ、そして誰がそれを見たかを一か所で確認できます。',
  },
  login: { en: 'Log in', et: 'Logi sisse', ja: 'ログイン' },
  logout: { en: 'Log out', et: 'Logi välja', ja: 'ログアウト' },
  cancelled: {
    en: 'You broke off the login.',
    et: 'Katkestasid sisselogimise.',
    ja: 'ログインを中止しました。',
  },
  loginFailed: {
    en: 'The login did not succeed.',
    et: 'Sisselogimine ei õnnestunud.',
    ja: 'ログインできませんでした。',
  },
  home: { en: 'Home', et: 'Avaleht', ja: 'ホーム' },
  mailbox: { en: 'Mailbox', et: 'Postkast', ja: '郵便箱' },
  unread: { en: 'unread', et: 'lugemata', ja: '未読' },
  data: { en: 'My data', et: 'Minu andmed', ja: '自分のデータ' },
  tracker: { en: 'Data Tracker', et: 'Andmejälgija', ja: 'データ追跡' },
  trackerHow: {
    en: 'Who looked at this data. The registers are asked now; the portal keeps nothing.',
    et: 'Kes on neid andmeid vaadanud. Registritelt küsitakse praegu; portaal ei säilita midagi.',
    ja: '誰がデータを見たか。登録簿に今照会しており、ポータルには何も保存されません。',
  },
  trackerOf: {
    en: 'Show for (personal code: you or your child)',
    et: 'Kelle kohta (isikukood: sina või sinu laps)',
    ja: '対象者(自分または子の個人番号)',
  },
  show: { en: 'Show', et: 'Näita', ja: '表示' },
  notAsked: {
    en: 'This register could not be asked.',
    et: 'Sellelt registrilt ei õnnestunud küsida.',
    ja: 'この登録簿には照会できませんでした。',
  },
  noAccess: { en: 'Nobody has looked.', et: 'Keegi ei ole vaadanud.', ja: '閲覧はありません。' },
  when: { en: 'When', et: 'Millal', ja: '日時' },
  what: { en: 'What', et: 'Mida', ja: '内容' },
  who: { en: 'Who', et: 'Kes', ja: '閲覧者' },
  population: { en: 'Population register', et: 'Rahvastikuregister', ja: '住民登録' },
  tax: { en: 'Tax and Customs Board', et: 'Maksu- ja Tolliamet', ja: '税務関税庁' },
  noMandate: {
    en: 'You may see your own data and that of your children under age.',
    et: 'Näed enda ja oma alaealiste laste andmeid.',
    ja: '閲覧できるのは自分と未成年の子のデータだけです。',
  },
  code: { en: 'Personal code', et: 'Isikukood', ja: '個人番号' },
  name: { en: 'Name', et: 'Nimi', ja: '氏名' },
  birth: { en: 'Born', et: 'Sündinud', ja: '生年月日' },
  address: { en: 'Address', et: 'Aadress', ja: '住所' },
  phone: { en: 'Phone', et: 'Telefon', ja: '電話番号' },
  family: { en: 'Family', et: 'Perekond', ja: '家族' },
  taxReturns: { en: 'Tax returns', et: 'Tuludeklaratsioonid', ja: '確定申告' },
  openTax: { en: 'File a tax return', et: 'Esita tuludeklaratsioon', ja: '確定申告をする' },
  none: { en: 'None', et: 'Puuduvad', ja: 'なし' },
  from: { en: 'From', et: 'Saatja', ja: '差出人' },
  subject: { en: 'Subject', et: 'Teema', ja: '件名' },
  letter: { en: 'Letter', et: 'Kiri', ja: '本文' },
  attachment: { en: 'Attachment', et: 'Manus', ja: '添付' },
  noLetter: { en: 'You have no such letter.', et: 'Sul ei ole sellist kirja.', ja: 'その通知はありません。' },
  desk: { en: "Official's desk", et: 'Ametniku töölaud', ja: '職員窓口' },
  deskHow: {
    en: 'Each look is recorded, and the person sees it.',
    et: 'Iga vaatamine salvestatakse ja inimene näeb seda.',
    ja: '閲覧はすべて記録され、本人が確認できます。',
  },
  reason: { en: 'Number of the case', et: 'Menetluse number', ja: '案件番号' },
  register: { en: 'Register', et: 'Register', ja: '登録簿' },
  lookUp: { en: 'Look up', et: 'Vaata', ja: '照会' },
  write: { en: 'Write to a person', et: 'Kirjuta inimesele', ja: '通知を送る' },
  send: { en: 'Send', et: 'Saada', ja: '送信' },
  sent: { en: 'Sent.', et: 'Saadetud.', ja: '送信しました。' },
  badInput: {
    en: 'Check what you entered.',
    et: 'Kontrolli sisestatut.',
    ja: '入力内容を確認してください。',
  },
  officialsOnly: {
    en: 'This desk is for officials.',
    et: 'See töölaud on ametnikele.',
    ja: 'この窓口は職員専用です。',
  },
  lookedSubject: {
    en: 'An official looked at your data',
    et: 'Ametnik vaatas sinu andmeid',
    ja: '職員があなたのデータを閲覧しました',
  },
  lookedBody: {
    en: 'The Data Tracker shows who and when. Case:',
    et: 'Andmejälgija näitab, kes ja millal. Menetlus:',
    ja: '誰がいつ見たかはデータ追跡で確認できます。案件:',
  },
} satisfies Record<string, Text>

export type TextName = keyof typeof TEXTS

/** Texts of one language, by name. */
export function textsOf(lang: Lang): Readonly<Record<TextName, string>> {
  return Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [name, text[lang]])) as Record<
    TextName,
    string
  >
}
