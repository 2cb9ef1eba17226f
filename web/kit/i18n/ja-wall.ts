import { jaWallPage } from './ja-wall-page.ts'
import type { WallMessages } from './message-keys.ts'

export const jaWall: WallMessages = {
  ...jaWallPage,
  'wall.curve': 'サービスを利用できない人数',
  'wall.curve.since': '全参加国、開始から',
  'wall.curve.now': '現在 {{time}}',
  'wall.curve.peak': '最多：{{n}}人（{{time}}）',
  'wall.curve.none': 'これまでに利用できなかった人はいません。',
  'wall.taken': '流出した情報',
  'wall.taken.none': '流出した情報はありません。',
  'wall.taken.more_one': 'ほか1種類',
  'wall.taken.more_other': 'ほか{{n}}種類',
  'wall.taken.open_one': '流出が続いています。',
  'wall.taken.open_other': '{{where}}で流出が続いています。',
  'wall.taken.closed': '流出はすべて止まりました。',
  'wall.expected': '復旧までの見込み',
  'wall.expected.normal': '正常です',
  'wall.expected.about': '約{{span}}',
  'wall.expected.by_one': 'これまでの復旧{{n}}件から推定',
  'wall.expected.by_other': 'これまでの復旧{{n}}件から推定',
  'wall.expected.unknown': '不明',
  'wall.expected.why': 'まだ見通せません。',
  'wall.expected.countries': '正常：{{where}}',
  'wall.life': '今できること',
  'wall.life.more_one': 'ほか{{n}}件',
  'wall.life.more_other': 'ほか{{n}}件',
  'wall.life.fine_one': 'できます',
  'wall.life.fine_other': 'すべての国で可能',
  'wall.life.out_one': 'できません',
  'wall.life.out_other': '{{where}}で不可',
  'wall.life.out.all': 'すべての国で不可',
  'wall.life.slow_one': '時間がかかります',
  'wall.life.slow_other': '{{where}}で遅延',
  'wall.life.leaks_one': '可能ですが、侵入されています',
  'wall.life.leaks_other': '{{where}}で侵入',
  'wall.life.unknown_one': '不明',
  'wall.life.unknown_other': '{{where}}で不明',
  'counted.title': '算出方法',
  'counted.affected_one':
    'プラットフォームは定期的に、市民と同じ手順で各サービスを試します。使えないサービスがあると、それを利用する人の割合をシナリオから求めます。複数のサービスを利用する人も1人と数えます。人口は{{all}}人で、実在の人ではありません。',
  'counted.affected_other':
    'プラットフォームは定期的に、市民と同じ手順で各サービスを試します。使えないサービスがあると、それを利用する人の割合をシナリオから求めます。複数のサービスを利用する人も1人と数えます。人口は1か国あたり{{each}}人、全{{n}}か国で{{all}}人で、実在の人ではありません。',
  'counted.taken':
    'どの脆弱性から誰の情報が何人分流出するかは、シナリオで決められています。同じ国で同じ情報が再び流出しても、数えるのは1回です。同じ人が複数の登録簿に載っているため、種類の違う情報は合計しません。大きな数字は、最も多い種類のものです。',
  'counted.kind_one': '{{what}}：{{people}}人分',
  'counted.kind_other': '{{what}}：{{people}}人分（{{where}}）',
  'counted.expected':
    '攻撃者がどこにも侵入しておらず、すべての行政サービスが使える状態を正常とします。見込みは、同じ種類の問題が通常続く時間（解決済みのものの中央値）から、未解決の問題がこれまでに続いた時間を引いたものです。解決済みが{{least}}件に満たないとき、または通常の{{odd}}倍続いている問題があるときは「不明」とします。',
  'counted.hours':
    '各時点で利用できなかった人数を、演習全体にわたって合計したものです。1,000人が30分間利用できなければ、500時間になります。',
}
