import { textTable } from '../../kit/texts.ts'

export const textsOf = textTable({
  service: { en: 'Digital signing', et: 'Digiallkirjastamine', ja: '電子署名' },
  welcome: {
    en: 'Draft a contract, sign it with your ID card and invite the other party.',
    et: 'Koosta leping, allkirjasta see ID-kaardiga ja kutsu teine pool.',
    ja: '契約を作成し、IDカードで署名して、相手を招待できます。',
  },
  contracts: { en: 'My contracts', et: 'Minu lepingud', ja: '自分の契約' },
  check: { en: 'Check a signature', et: 'Kontrolli allkirja', ja: '署名を検証する' },
  none: { en: 'There is no contract yet.', et: 'Lepinguid veel ei ole.', ja: '契約はまだありません。' },
  draft: { en: 'New contract', et: 'Uus leping', ja: '新しい契約' },
  continue: { en: 'Continue', et: 'Jätka', ja: '続ける' },
  title: { en: 'Title', et: 'Pealkiri', ja: '題名' },
  text: { en: 'Text', et: 'Tekst', ja: '本文' },
  by: { en: 'Drafted by', et: 'Koostas', ja: '作成者' },
  signatures: { en: 'Signatures', et: 'Allkirjad', ja: '署名' },
  unsigned: {
    en: 'Nobody has signed yet.',
    et: 'Keegi pole veel allkirjastanud.',
    ja: 'まだ署名がありません。',
  },
  invite: {
    en: 'Invite the other party (personal code)',
    et: 'Kutsu teine pool (isikukood)',
    ja: '相手を招待（個人コード）',
  },
  send: { en: 'Invite', et: 'Kutsu', ja: '招待する' },
  invited: { en: 'Invited', et: 'Kutsutud', ja: '招待済み' },
  sign: { en: 'Sign', et: 'Allkirjasta', ja: '署名する' },
  signHow: {
    en: 'Put your card into the reader. First it gives its certificate for signing.',
    et: 'Pane kaart lugejasse. Kõigepealt annab see allkirjasertifikaadi.',
    ja: 'カードをリーダーに入れてください。まず署名用証明書を読み取ります。',
  },
  certificate: { en: 'Certificate of the card', et: 'Kaardi sertifikaat', ja: 'カードの証明書' },
  cardSigns: {
    en: 'Now the card signs this data; its answer goes into the field.',
    et: 'Nüüd allkirjastab kaart need andmed; vastus läheb väljale.',
    ja: 'カードが次のデータに署名し、その応答が欄に入ります。',
  },
  toSign: { en: 'Data to sign', et: 'Allkirjastatavad andmed', ja: '署名対象データ' },
  signature: { en: 'Signature', et: 'Allkiri', ja: '署名値' },
  download: { en: 'Download the container', et: 'Laadi ümbrik alla', ja: 'コンテナをダウンロード' },
  notFound: {
    en: 'You have no such contract.',
    et: 'Sul ei ole sellist lepingut.',
    ja: 'そのような契約はありません。',
  },
  changedSince: {
    en: 'The text has changed since this page was shown. Read it again before you sign.',
    et: 'Tekst on muutunud pärast lehe avamist. Loe see enne allkirjastamist uuesti läbi.',
    ja: '表示後に本文が変更されました。署名する前にもう一度お読みください。',
  },
  refused: {
    en: 'This could not be signed:',
    et: 'Allkirjastada ei õnnestunud:',
    ja: '署名できませんでした：',
  },
  badInput: {
    en: 'Please check what you entered.',
    et: 'Palun kontrolli sisestatut.',
    ja: '入力内容を確認してください。',
  },
  checkHow: {
    en: 'Choose a signed container (.asice). Nobody needs to log in for this.',
    et: 'Vali allkirjastatud ümbrik (.asice). Sisse logida pole vaja.',
    ja: '署名済みコンテナ（.asice）を選んでください。ログインは不要です。',
  },
  file: { en: 'Container', et: 'Ümbrik', ja: 'コンテナ' },
  valid: {
    en: 'All signatures are valid.',
    et: 'Kõik allkirjad on kehtivad.',
    ja: 'すべての署名が有効です。',
  },
  invalid: {
    en: 'The signatures of this container are not valid:',
    et: 'Selle ümbriku allkirjad ei kehti:',
    ja: 'このコンテナの署名は有効ではありません：',
  },
  files: { en: 'Files', et: 'Failid', ja: 'ファイル' },
})
