import type { Lang, Text } from '../../kit/html.ts'

const TEXTS = {
  service: { en: 'Digital identity', et: 'Isikutuvastus', ja: '本人確認（eID）' },
  loginTo: { en: 'Log in to', et: 'Sisselogimine:', ja: 'ログイン先：' },
  idcard: { en: 'ID card', et: 'ID-kaart', ja: 'IDカード' },
  idcardHow: {
    en: 'Put your card into the reader. It signs the challenge below; the answer goes into the field.',
    et: 'Pane kaart lugejasse. Kaart allkirjastab allpool oleva väljakutse, vastus läheb väljale.',
    ja: 'カードをリーダーに入れてください。カードが下のチャレンジに署名し、その応答が欄に入ります。',
  },
  challenge: { en: 'Challenge', et: 'Väljakutse', ja: 'チャレンジ' },
  cardAnswer: {
    en: 'Answer of the card (Web eID token)',
    et: 'Kaardi vastus (Web eID tõend)',
    ja: 'カードの応答（Web eIDトークン）',
  },
  mid: { en: 'Mobile-ID', et: 'Mobiil-ID', ja: 'モバイルID' },
  smartid: { en: 'Smart-ID', et: 'Smart-ID', ja: 'Smart-ID' },
  code: { en: 'Personal code', et: 'Isikukood', ja: '個人コード' },
  phone: { en: 'Phone number', et: 'Telefoninumber', ja: '電話番号' },
  continue: { en: 'Continue', et: 'Jätka', ja: '続ける' },
  cancel: { en: 'Cancel and go back', et: 'Katkesta ja mine tagasi', ja: '中止して戻る' },
  waitTitle: { en: 'Confirm on your phone', et: 'Kinnita telefonis', ja: '携帯電話で確認してください' },
  control: { en: 'Control code', et: 'Kontrollkood', ja: '確認コード' },
  colon: { en: ': ', et: ': ', ja: '：' },
  waitHow: {
    en: 'Enter your PIN only when your phone shows the same code. This page goes on by itself.',
    et: 'Sisesta PIN ainult siis, kui telefon näitab sama koodi. See leht liigub ise edasi.',
    ja: '携帯電話に同じコードが表示されたときだけPINを入力してください。このページは自動的に進みます。',
  },
  refused: {
    en: 'You could not be identified. Please try again.',
    et: 'Isikut ei õnnestunud tuvastada. Palun proovi uuesti.',
    ja: '本人確認ができませんでした。もう一度お試しください。',
  },
  badInput: {
    en: 'Check the personal code and the phone number.',
    et: 'Kontrolli isikukoodi ja telefoninumbrit.',
    ja: '個人コードと電話番号を確認してください。',
  },
  suspended: {
    en: 'Your card is on hold. Lift that first, or ask the police for a new card.',
    et: 'Sinu kaart on peatatud. Taasta see või taotle politseist uus kaart.',
    ja: 'カードは一時停止中です。解除するか、警察で新しいカードを申請してください。',
  },
  tooMany: {
    en: 'Too many requests to this phone went unanswered. Wait a few minutes, or use the ID card.',
    et: 'Sellele telefonile on saadetud liiga palju vastuseta päringuid. Oota mõni minut või kasuta ID-kaarti.',
    ja: 'この携帯電話への未応答の要求が多すぎます。数分待つか、IDカードを使ってください。',
  },
  cardTitle: { en: 'Put my card on hold', et: 'Kaardi peatamine', ja: 'カードの一時停止' },
  cardLink: {
    en: 'Put the card on hold, or lift that',
    et: 'Peata kaart või taasta see',
    ja: 'カードを一時停止・解除する',
  },
  cardHow: {
    en: 'A card on hold can neither log in nor sign. You get a code that lifts the hold; keep it.',
    et: 'Peatatud kaardiga ei saa sisse logida ega allkirjastada. Saad koodi, millega peatamise lõpetada; hoia see alles.',
    ja: '停止中のカードではログインも署名もできません。解除用のコードが表示されるので、保管してください。',
  },
  cardWhat: { en: 'What do you want to do?', et: 'Mida soovid teha?', ja: '操作を選んでください' },
  cardSuspend: { en: 'Put on hold', et: 'Peata', ja: '一時停止する' },
  cardLift: { en: 'Lift the hold', et: 'Taasta', ja: '解除する' },
  restoreCode: {
    en: 'Code for lifting (only to lift)',
    et: 'Taastamiskood (ainult taastamiseks)',
    ja: '解除コード（解除時のみ）',
  },
  onHold: {
    en: 'The card is on hold. Your code for lifting:',
    et: 'Kaart on peatatud. Sinu taastamiskood:',
    ja: 'カードを一時停止しました。解除コード：',
  },
  alreadyOnHold: {
    en: 'The card is on hold already.',
    et: 'Kaart on juba peatatud.',
    ja: 'カードはすでに停止中です。',
  },
  lifted: {
    en: 'The card can be used again.',
    et: 'Kaarti saab jälle kasutada.',
    ja: 'カードを再び使えます。',
  },
  wrongCode: {
    en: 'This code does not lift the hold.',
    et: 'Selle koodiga ei saa kaarti taastada.',
    ja: 'このコードでは解除できません。',
  },
  phoneRefused: {
    en: 'The phone refused, or it took too long.',
    et: 'Telefonis keelduti või aeg sai otsa.',
    ja: '携帯電話で拒否されたか、時間切れになりました。',
  },
  expiredTitle: {
    en: 'This login has ended',
    et: 'See sisselogimine on lõppenud',
    ja: 'このログインは終了しました',
  },
  expired: {
    en: 'Go back to the service that you came from and start again.',
    et: 'Mine tagasi teenusesse, kust tulid, ja alusta uuesti.',
    ja: '元のサービスに戻り、もう一度始めてください。',
  },
  history: { en: 'My logins', et: 'Minu sisselogimised', ja: '自分のログイン履歴' },
  historyOf: { en: 'Logins of', et: 'Sisselogimised:', ja: '次の方の履歴：' },
  when: { en: 'When', et: 'Millal', ja: '日時' },
  where: { en: 'Where', et: 'Kuhu', ja: 'ログイン先' },
  how: { en: 'How', et: 'Kuidas', ja: '方法' },
  home: {
    en: 'Services of the state ask here who you are. You can see where your identity was used.',
    et: 'Riigi teenused küsivad siit, kes sa oled. Siin näed, kuhu oled sisse loginud.',
    ja: '行政サービスの本人確認を行うところです。ご自身の本人確認がどこで使われたかも確認できます。',
  },
} satisfies Record<string, Text>

/** Texts of one language, by name. */
export function textsOf(lang: Lang): Readonly<Record<keyof typeof TEXTS, string>> {
  return Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [name, text[lang]])) as Record<
    keyof typeof TEXTS,
    string
  >
}
