import { textTable } from '../../kit/texts.ts'

/** Texts of one language, by name. */
export const textsOf = textTable({
  service: { en: 'Data Tracker', et: 'Andmejälgija', ja: 'データトラッカー' },
  welcome: {
    en: 'See which offices have looked at your data, when and why.',
    et: 'Vaata, millised asutused on sinu andmeid vaadanud, millal ja miks.',
    ja: 'どの機関が、いつ、なぜあなたのデータを閲覧したかを確認できます。',
  },
  looks: { en: 'Who has looked', et: 'Kes on vaadanud', ja: '閲覧の記録' },
  how: {
    en: 'The registers are asked now. The Data Tracker keeps nothing of what they answer.',
    et: 'Registritelt küsitakse andmeid just praegu. Andmejälgija ei säilita nende vastuseid.',
    ja: '登録簿に今照会しています。回答はここには保存されません。',
  },
  about: { en: 'Whose data', et: 'Kelle andmed', ja: '対象者' },
  register: { en: 'Register', et: 'Register', ja: '登録簿' },
  all: { en: 'All', et: 'Kõik', ja: 'すべて' },
  from: { en: 'From', et: 'Alates', ja: '開始日' },
  to: { en: 'To', et: 'Kuni', ja: '終了日' },
  show: { en: 'Show', et: 'Näita', ja: '表示' },
  reported: {
    en: 'Offices without a register of their own',
    et: 'Asutused, kellel ei ole oma registrit',
    ja: '独自の登録簿を持たない機関',
  },
  silent: {
    en: 'This register could not be asked. That does not mean that nobody has looked.',
    et: 'Sellelt registrilt ei õnnestunud küsida. See ei tähenda, et keegi ei ole vaadanud.',
    ja: 'この登録簿には照会できませんでした。閲覧がなかったという意味ではありません。',
  },
  familySilent: {
    en: 'The population register does not answer, so only your own data can be shown.',
    et: 'Rahvastikuregister ei vasta, seega saab näidata ainult sinu enda andmeid.',
    ja: '住民登録が応答しないため、自分のデータだけを表示できます。',
  },
  nobody: { en: 'Nobody has looked.', et: 'Keegi ei ole vaadanud.', ja: '閲覧はありません。' },
  inAll: { en: 'In all', et: 'Kokku', ja: '合計' },
  when: { en: 'When', et: 'Millal', ja: '日時' },
  what: { en: 'What', et: 'Mida', ja: '内容' },
  who: { en: 'Who', et: 'Kes', ja: '閲覧者' },
  withdrawn: {
    en: 'withdrawn as a mistake',
    et: 'tagasi võetud kui eksitus',
    ja: '誤りとして取り消し',
  },
  noMandate: {
    en: 'You may see your own data, that of your children under age and of people under your guardianship.',
    et: 'Näed enda, oma alaealiste laste ja oma eestkostetavate andmeid.',
    ja: '閲覧できるのは自分、未成年の子、被後見人のデータだけです。',
  },
})
