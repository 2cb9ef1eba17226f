import { textTable } from '../../kit/texts.ts'

/** Texts of one language, by name. */
export const textsOf = textTable({
  service: { en: 'Internet voting', et: 'E-hääletamine', ja: 'インターネット投票' },
  welcome: {
    en: 'Vote from anywhere, as often as you like: only your last vote counts, and nobody learns how you voted.',
    et: 'Hääleta kus tahes ja nii mitu korda, kui soovid: arvesse läheb ainult viimane hääl ja keegi ei saa teada, kelle poolt.',
    ja: 'どこからでも、何度でも投票できます。数えられるのは最後の票だけで、誰に投票したかは誰にも知られません。',
  },
  myVote: { en: 'My vote', et: 'Minu hääl', ja: '自分の投票' },
  notVoted: {
    en: 'You have not voted yet.',
    et: 'Sa ei ole veel hääletanud.',
    ja: 'まだ投票していません。',
  },
  voted: {
    en: 'Your vote is in the ballot box. You can vote again; the last vote counts.',
    et: 'Sinu hääl on valimiskastis. Võid uuesti hääletada; arvesse läheb viimane hääl.',
    ja: 'あなたの票は投票箱に入っています。投票し直すことができ、最後の票が数えられます。',
  },
  times: { en: 'Votes sent', et: 'Antud hääli', ja: '投票回数' },
  lastAt: { en: 'Last registered', et: 'Viimati registreeritud', ja: '最終登録日時' },
  district: { en: 'Electoral district', et: 'Valimisringkond', ja: '選挙区' },
  candidates: { en: 'Candidates', et: 'Kandidaadid', ja: '候補者' },
  number: { en: 'Number', et: 'Number', ja: '番号' },
  candidate: { en: 'Candidate', et: 'Kandidaat', ja: '候補者' },
  list: { en: 'List', et: 'Nimekiri', ja: '名簿' },
  votes: { en: 'Votes', et: 'Hääli', ja: '得票数' },
  withApp: {
    en: 'You vote with the voting app: it encrypts your choice and your ID card signs it.',
    et: 'Hääletad valijarakendusega: see krüpteerib valiku ja sinu ID-kaart allkirjastab selle.',
    ja: '投票アプリで投票します。アプリが選択を暗号化し、IDカードが署名します。',
  },
  elections: { en: 'Elections', et: 'Valimised', ja: '選挙' },
  training: { en: 'Mock elections', et: 'Proovihääletused', ja: '模擬選挙' },
  trainingSays: {
    en: 'A mock election has the districts and candidates of the real one. Start it, let people vote, close it: it is counted at once, with all proofs.',
    et: 'Proovihääletusel on päris valimiste ringkonnad ja kandidaadid. Alusta, lase hääletada ja lõpeta: hääled loetakse kohe koos kõigi tõestustega.',
    ja: '模擬選挙の選挙区と候補者は本番と同じです。開始して投票してもらい、締め切るとすぐに開票され、すべての証明が公開されます。',
  },
  start: { en: 'Start a mock election', et: 'Alusta proovihääletust', ja: '模擬選挙を開始' },
  close: { en: 'Close and count', et: 'Lõpeta ja loe hääled', ja: '締め切って開票' },
  open: { en: 'Voting goes on', et: 'Hääletamine käib', ja: '投票受付中' },
  closed: { en: 'Closed', et: 'Lõppenud', ja: '締め切り済み' },
  state: { en: 'State', et: 'Seis', ja: '状態' },
  results: { en: 'Results', et: 'Tulemused', ja: '開票結果' },
  noResults: {
    en: 'The votes are counted when voting has ended.',
    et: 'Hääled loetakse pärast hääletamise lõppu.',
    ja: '投票が締め切られてから開票されます。',
  },
  received: { en: 'Votes received', et: 'Laekunud hääli', ja: '受け付けた票' },
  replaced: { en: 'Replaced by a later vote', et: 'Asendatud hilisema häälega', ja: '後の投票で置き換え' },
  refused: { en: 'Rejected when checked again', et: 'Uuel kontrollil tagasi lükatud', ja: '再検査で無効' },
  invalid: { en: 'Invalid ballots', et: 'Kehtetuid sedeleid', ja: '無効票' },
  proofs: { en: 'Published proofs', et: 'Avaldatud tõestused', ja: '公開された証明' },
  verify: { en: 'How to verify', et: 'Kuidas kontrollida', ja: '確認方法' },
  verifyVote: { en: 'Your own vote', et: 'Oma hääl', ja: '自分の票' },
  verifyVoteSays: {
    en: 'After voting, the voting app shows a QR code. Scan it with the verification app within ten minutes: it fetches your encrypted vote and opens it with a key that only the code holds. Each vote can be fetched three times.',
    et: 'Pärast hääletamist näitab valijarakendus QR-koodi. Loe see kontrollrakendusega kümne minuti jooksul: rakendus laadib alla sinu krüpteeritud hääle ja avab selle võtmega, mis on ainult koodis. Iga häält saab alla laadida kolm korda.',
    ja: '投票後、投票アプリがQRコードを表示します。10分以内に確認アプリで読み取ると、暗号化された票を取得し、コードだけが持つ鍵で開きます。1票につき3回まで取得できます。',
  },
  verifyTally: { en: 'The count', et: 'Häälte lugemine', ja: '開票' },
  verifyTallySays: {
    en: 'When an election is counted, everything is published except who voted how: the encrypted ballots, the proof that mixing lost and added none, and the proofs of the key holders. Anybody can check them with their own program.',
    et: 'Kui hääled on loetud, avaldatakse kõik peale selle, kes kelle poolt hääletas: krüpteeritud sedelid, tõestus, et segamisel ei kadunud ega lisandunud ühtegi, ja võtmehoidjate tõestused. Igaüks saab neid oma programmiga kontrollida.',
    ja: '開票後は、誰が誰に投票したか以外のすべてが公開されます。暗号化された票、混ぜる際に増減がなかったことの証明、鍵保持者の証明です。誰でも自分のプログラムで検証できます。',
  },
  notFound: {
    en: 'There is no such election.',
    et: 'Sellist hääletust ei ole.',
    ja: 'その選挙はありません。',
  },
  tooMany: {
    en: 'Close some of your mock elections first.',
    et: 'Lõpeta enne mõni oma proovihääletus.',
    ja: '先に開催中の模擬選挙を締め切ってください。',
  },
  tooYoung: {
    en: 'You are too young to vote in this election.',
    et: 'Sa oled neil valimistel hääletamiseks liiga noor.',
    ja: 'この選挙で投票できる年齢に達していません。',
  },
  ineligible: {
    en: 'You are not on the voter list.',
    et: 'Sind ei ole valijate nimekirjas.',
    ja: '選挙人名簿に登録されていません。',
  },
  registerSilent: {
    en: 'The population register does not answer. Please try again in a moment.',
    et: 'Rahvastikuregister ei vasta. Palun proovi hetke pärast uuesti.',
    ja: '住民登録が応答しません。しばらくしてからもう一度お試しください。',
  },
})

export type TextName = keyof ReturnType<typeof textsOf>
