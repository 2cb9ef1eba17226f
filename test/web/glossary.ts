import type { Lang } from '../../server/exercise/scenario/words.ts'

/** Estonian says „sina“ to whoever sits before a page. People who write to a team, and briefings, say „teie“. */
export const FORMAL = /(?<!\p{L})(teie|teil|teid|teilt|vaadake|kleepige|palun sisestage)(?!\p{L})/iu

/** Words that were given up for those of the glossary in `web/kit/i18n/README.md`, and what reads as translated. */
export const GIVEN_UP: readonly (readonly [lang: Lang, words: RegExp])[] = [
  ['en', /\b(mend(s|ed|ing)?|landed|thrown out|machine|weakness(es)?|can not|left alone)\b/i],
  // Of data nobody knows whether it is gone: it was taken.
  ['en', /\bdata (is|are) gone\b|(does|did) not do its work|do(es)? its work again|\bnot quiet\b/i],
  [
    'et',
    /(?<!\p{L})(rünne|sissemurd\p{L}*|sündmuste raamat\p{L}*|masin\p{L}*|nõrkus\p{L}*|sessioon\p{L}*|küberturbekeskus\p{L}*|sõidab)(?!\p{L})/iu,
  ],
  ['et', FORMAL],
  ['et', /(?<!\p{L})(algolek\p{L}*|märkus\p{L}*|tuba|välja aetud|auk|surve all|peab vastu)(?!\p{L})/iu],
  // A message to a team is „sõnum“, a team's own report „teade“; standings, techniques and images of containers have one word each.
  [
    'et',
    /(?<!\p{L})(paremusjärjestus\p{L}*|võtte\p{L}*|võtted|konteineripil\p{L}*|välissündmus\p{L}*|kategooria\p{L}*)(?!\p{L})/iu,
  ],
  ['ja', /統裁官|観察者|指導役|端末|台帳|事象|弱点|機械|マシン|足場|席|シミュレーション|パラメータ(?!ー)/],
  [
    'ja',
    /個人番号|郵便箱|電子身分証明|住民登録局|国家ポータル|データ追跡|e-ID|スマートID|監視へようこそ|機能不全/,
  ],
  // 十分 reads „enough“; counters of things end at nine; 静か is of people.
  ['ja', /十分間|\}つ|静か|実際なら|段階まで|会計士/],
  // A message to people is 連絡; what is measured is 計測; a service goes back to its 開始時の状態; an incident ends in 収束, an epidemic in 終息.
  ['ja', /メッセージ|測定|初期状態|終息|規則|演習基盤|開始ページ|スタートページ/],
  // Spelt as official texts spell them; a range is written with ～.
  ['ja', /気づ|わか[らりるっ]|(?<!その)他の|しだい|〜/],
]
