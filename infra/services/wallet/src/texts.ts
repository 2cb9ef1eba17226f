import { textTable } from '../../kit/texts.ts'

/** Texts of one language, by name. */
export const textsOf = textTable({
  service: { en: 'Identity wallet', et: 'Digikukkur', ja: 'デジタルIDウォレット' },
  welcome: {
    en: 'Put your identity into the wallet on your phone. You decide each time what you show of it.',
    et: 'Pane oma isikuandmed telefoni digikukrusse. Iga kord otsustad sina, mida neist näitad.',
    ja: '身分証をスマートフォンのウォレットに入れましょう。何を見せるかは毎回自分で決められます。',
  },
  mine: { en: 'My credentials', et: 'Minu tõendid', ja: '自分の証明書' },
  get: { en: 'Get a new credential', et: 'Võta uus tõend', ja: '新しい証明書を受け取る' },
  none: { en: 'You have no credential yet.', et: 'Sul ei ole veel tõendit.', ja: '証明書はまだありません。' },
  number: { en: 'Number', et: 'Number', ja: '番号' },
  issued: { en: 'Issued', et: 'Väljastatud', ja: '発行日時' },
  until: { en: 'Valid until', et: 'Kehtib kuni', ja: '有効期限' },
  state: { en: 'State', et: 'Seis', ja: '状態' },
  valid: { en: 'Valid', et: 'Kehtib', ja: '有効' },
  revokedState: { en: 'Revoked', et: 'Tühistatud', ja: '失効' },
  revoke: { en: 'Revoke', et: 'Tühista', ja: '失効させる' },
  revokedNow: {
    en: 'The credential is revoked. Nobody accepts it any more.',
    et: 'Tõend on tühistatud. Keegi seda enam ei tunnista.',
    ja: '証明書を失効させました。今後はどこでも使えません。',
  },
  notFound: { en: 'Not found.', et: 'Seda ei leitud.', ja: '該当するものがありません。' },
  offer: { en: 'Your new credential', et: 'Sinu uus tõend', ja: '新しい証明書' },
  openWallet: { en: 'Open in the wallet', et: 'Ava kukrus', ja: 'ウォレットで開く' },
  offerAddress: {
    en: 'Address for a wallet on another device',
    et: 'Aadress teise seadme kukrule',
    ja: '別の端末のウォレット用アドレス',
  },
  pin: { en: 'PIN', et: 'PIN', ja: 'PIN' },
  pinHow: {
    en: 'The wallet asks for this PIN. Tell it to nobody. The offer holds for ten minutes and locks after five wrong PINs.',
    et: 'Kukkur küsib seda PIN-koodi. Ära ütle seda kellelegi. Pakkumine kehtib kümme minutit ja lukustub viie vale PIN-i järel.',
    ja: 'ウォレットでこのPINを入力してください。誰にも教えないでください。発行用リンクは10分間有効で、PINを5回間違えると使えなくなります。',
  },
  offerUsed: {
    en: 'This offer was used or is locked.',
    et: 'See pakkumine on kasutatud või lukus.',
    ja: 'この発行用リンクは使用済みか、ロックされています。',
  },
  desk: { en: 'Desk for officials', et: 'Ametniku töölaud', ja: '職員窓口' },
  deskHow: {
    en: 'Find the credentials of a person whose device is lost or stolen.',
    et: 'Leia inimese tõendid, kui tema seade on kadunud või varastatud.',
    ja: '端末を紛失した、または盗まれた人の証明書を探します。',
  },
  notOfficial: {
    en: 'This desk is for officials.',
    et: 'See töölaud on ametnikele.',
    ja: 'この窓口は職員専用です。',
  },
  code: { en: 'Personal code', et: 'Isikukood', ja: '個人コード' },
  find: { en: 'Find', et: 'Otsi', ja: '検索' },
  verify: { en: 'Show your credential', et: 'Näita oma tõendit', ja: '証明書を提示する' },
  verifyHow: {
    en: 'You see in your wallet what is asked before you show anything.',
    et: 'Kukkur ütleb enne näitamist, mida küsitakse.',
    ja: '提示する前に、求められている内容がウォレットに表示されます。',
  },
  shop: { en: 'Age check of the shop', et: 'Poe vanusekontroll', ja: 'お店の年齢確認' },
  shopHow: {
    en: 'The shop learns that you are 18 or over, and nothing else: neither your name nor your birthday.',
    et: 'Pood saab teada, et oled vähemalt 18-aastane, ja ei midagi muud: ei nime ega sünnipäeva.',
    ja: 'お店には18歳以上であることだけが伝わります。名前も誕生日も伝わりません。',
  },
  library: { en: 'Library card', et: 'Lugejapilet', ja: '図書館カード' },
  libraryHow: {
    en: 'The library asks for your name and personal code, for the card.',
    et: 'Raamatukogu küsib pileti jaoks nime ja isikukoodi.',
    ja: '図書館はカード作成のため、氏名と個人コードを求めます。',
  },
  sameDevice: {
    en: 'My wallet is on this device',
    et: 'Kukkur on siin seadmes',
    ja: 'この端末のウォレットを使う',
  },
  otherDevice: {
    en: 'My wallet is on another device',
    et: 'Kukkur on teises seadmes',
    ja: '別の端末のウォレットを使う',
  },
  waiting: {
    en: 'Waiting for your wallet. This page looks again by itself.',
    et: 'Ootame kukrut. Leht uueneb ise.',
    ja: 'ウォレットを待っています。このページは自動的に更新されます。',
  },
  accepted: { en: 'Accepted', et: 'Vastu võetud', ja: '確認できました' },
  refused: { en: 'Not accepted', et: 'Ei võetud vastu', ja: '確認できませんでした' },
  adult: { en: 'The person is 18 or over.', et: 'Inimene on vähemalt 18-aastane.', ja: '18歳以上です。' },
  welcomeReader: { en: 'The library card is for', et: 'Lugejapilet on', ja: '図書館カードの名義：' },
  malformed: {
    en: 'The wallet’s answer cannot be read.',
    et: 'Kukru vastusest ei saa aru.',
    ja: 'ウォレットの応答を読み取れません。',
  },
  untrustedIssuer: {
    en: 'The issuer of the credential is not known.',
    et: 'Tõendi väljastajat ei tunta.',
    ja: '証明書の発行者を信頼できません。',
  },
  notValid: {
    en: 'The credential is not genuine or has run out.',
    et: 'Tõend ei ole ehtne või on aegunud.',
    ja: '証明書が本物でないか、期限切れです。',
  },
  holderUnproven: {
    en: 'The wallet did not prove that the credential is its own.',
    et: 'Kukkur ei tõestanud, et tõend on tema oma.',
    ja: '証明書の持ち主であることを確認できません。',
  },
  revoked: { en: 'The credential is revoked.', et: 'Tõend on tühistatud.', ja: '証明書は失効しています。' },
  statusUnknown: {
    en: 'Whether the credential is in force could not be checked.',
    et: 'Tõendi kehtivust ei saanud kontrollida.',
    ja: '証明書が有効かどうか確認できません。',
  },
  notAsked: {
    en: 'What was shown is not what was asked for.',
    et: 'Näidati muud, kui küsiti.',
    ja: '提示された内容が求めたものと違います。',
  },
  declined: { en: 'You showed nothing.', et: 'Sa ei näidanud midagi.', ja: '提示を取りやめました。' },
})

export type TextName = keyof ReturnType<typeof textsOf>
