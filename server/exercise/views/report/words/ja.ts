import { clockText } from '../../../scenario/clock-text.ts'
import { formatsOf, spanText } from '../../../scenario/formats.ts'
import { type Measure, shareOf } from '../measures.ts'
import type { Spread } from '../platform-facts.ts'
import { labelsJa } from './labels-ja.ts'
import { proposalJa } from './proposals-ja.ts'
import type { Words } from './words.ts'

const { whole, tenth, share, rough, large, names: list } = formatsOf('ja')
const n = (value: number) => whole.format(value)
/** From ten thousand on with its size as a word. */
const big = (value: number) => (value < 10_000 ? rough : large).format(value)
const people = (value: number) => (value === 1 ? '一人' : `${big(value)}人`)
const span = (ms: number) => spanText('ja', ms)
/** `攻撃20件のうち7件を阻止しました。`, or that there is none. */
const part = ({ n: some, of }: Pick<Measure, 'n' | 'of'>, what: string, did: string, none: string): string =>
  some === 0
    ? `${what}${n(of)}件のうち、${none}ものはありません。`
    : `${what}${n(of)}件のうち${n(some)}件${did}。`
const FULL = {
  stopped: (one: Measure) => part(one, '攻撃', 'を阻止しました', '阻止できた'),
  'driven-out': (one: Measure) => part(one, '成功した攻撃', 'で、攻撃者を排除しました', '攻撃者を排除できた'),
  'in-time': (one: Measure) =>
    part(one, '成功した攻撃', 'で、失点が出ないうちに復旧しました', '失点が出ないうちに復旧できた'),
  reported: (one: Measure) => part(one, '成功した攻撃', 'を報告しました', '報告された'),
  answered: (one: Measure) => part(one, '連絡', 'に期限内に回答しました', '期限内に回答された'),
  complaints: (one: Measure) => part(one, '苦情', 'を解決しました', '解決された'),
  working: (measure: Measure) => `行政サービスは${share.format(shareOf(measure))}の時間で利用できました。`,
} as const
const DO = {
  stopped: '悪用される前に脆弱性を見つけて修正してください。',
  'driven-out': '侵入している攻撃者を探し、排除してください。',
  'in-time': '攻撃者の排除とサービスの復旧を早めてください。',
  reported: '見つけたインシデントはすべて報告してください。',
  answered: '報道機関、省庁、関係機関には期限内に回答してください。',
  complaints: '市民の苦情に対応してください。',
  working: '防御中もサービスを利用できる状態に保ってください。',
} as const

/** Reports in Japanese. */
export const wordsJa: Words = {
  lang: 'ja',
  labels: labelsJa,
  category: {
    availability: '可用性',
    defence: '防御',
    recovery: '復旧',
    usability: '使いやすさ',
    reporting: '報告',
    forensics: 'フォレンジック',
    strategic: '対外対応',
  },
  reached: {
    met: '達成',
    partly: '一部達成',
    not: '未達成',
    open: 'まだ不明',
    waiting: '採点待ち',
    untested: '検証なし',
  },
  state: {
    blocked: '阻止',
    'blocked-by-outage': '停止中',
    closed: '排除',
    open: '侵入中',
    'under-way': '攻撃中',
    void: '無効',
    'not-yet': 'まだ',
  },
  observation: { strength: '強み', improvement: '改善点' },
  noticedBy: { report: '報告', case: '案件', work: '作業' },
  paragraph: (sentences) => sentences.join(''),
  title: (reader, exercise) =>
    reader === 'minister' ? `${exercise}：大臣向け報告書` : `${exercise}：進行役向け報告書`,
  teamTitle: (team, exercise) => `${exercise}：チーム${team}の報告書`,
  ranBy: (names) => `進行役：${list.format(names)}`,
  gradedBy: (names) => `採点者：${list.format(names)}。`,
  writtenBy: (names) => `作成者：${list.format(names)}`,
  asOf: (atMs, durationMs, ended) =>
    ended
      ? `演習は終了しました（${clockText(atMs)}）。`
      : `${clockText(atMs)}時点の内容です（全体は${clockText(durationMs)}）。数値は今後変わることがあります。`,
  exercised: (teams, services, durationMs) =>
    `${n(teams)}チームが${teams === 1 ? '' : 'それぞれ'}${n(services)}件の行政サービスを${span(durationMs)}にわたって防御しました。`,
  peak: (most, population, atMs) =>
    `最も影響が大きかった${clockText(atMs)}には、${people(population)}のうち${people(most)}が必要なサービスを利用できませんでした。`,
  nobodyAffected: 'すべての人が、常にすべてのサービスを利用できました。',
  hours: (personHours) =>
    personHours < 0.5
      ? '失われた延べ時間は1時間未満です。'
      : `失われた延べ時間は${big(Math.round(personHours))}時間です。`,
  taken: (what, of, service, teams, open) =>
    `${what}（${service}）が${n(teams)}か国で${people(of)}分流出しました。${open === 0 ? 'これ以上は流出しません。' : `${n(open)}か国では、まだ流出するおそれがあります。`}`,
  attacks: (judged, stopped) =>
    judged === 0
      ? '判定された攻撃はまだありません。'
      : part({ n: stopped, of: judged }, '攻撃', 'を阻止しました', '阻止できた'),
  inside: (landed, inside) => {
    if (landed === 0) return '成功した攻撃はありません。'
    if (inside === 0) return `成功した攻撃は${n(landed)}件で、攻撃者はすべて排除されました。`
    return `成功した攻撃は${n(landed)}件で、そのうち${n(inside)}件では攻撃者がまだ侵入しています。`
  },
  place: (rank, of, points, possible) =>
    of === 1
      ? `得点は${tenth.format(points)}点です（満点${tenth.format(possible)}点）。`
      : `${n(of)}チーム中${n(rank)}位、得点は${tenth.format(points)}点です（満点${tenth.format(possible)}点）。`,
  well: (measure) => FULL[measure.aspect](measure),
  toDo: (measure, service) =>
    [
      DO[measure.aspect],
      FULL[measure.aspect](measure),
      service === null ? '' : `最も影響を受けたサービスは「${service}」です。`,
    ].join(''),
  vulnerability: (service, nth) => `${service}：脆弱性${nth}`,
  report: (id, service) => (service === null ? `報告${id}` : `報告${id}：${service}`),
  lateGrade: (grade) => `${grade}、期限後`,
  took: (attack, what, of) => `${attack}：${what}が${people(of)}分流出しました。`,
  leftOpen: (attack, closedMs, againMs) =>
    `${attack}：${clockText(closedMs)}に塞ぎましたが、${clockText(againMs)}に同じ手口で再び侵入されました。`,
  sooner: (attack, fastest, { sooner, fastestMs, ownMs }) =>
    `${attack}：${n(sooner)}チームの方が早く攻撃者を排除しました。最も早かったのはチーム${fastest}で、${span(fastestMs)}でした。${
      ownMs === null ? 'このチームでは排除されませんでした。' : `このチームでは${span(ownMs)}でした。`
    }`,
  weaknessClass: (id, named, judged, landed) =>
    `${id}${named === null ? '' : `（${named}）`}：攻撃${n(judged)}件、うち成功${n(landed)}件`,
  unanswered: (count) =>
    count === 0
      ? '期限を過ぎた連絡はありません。'
      : `${n(count)}件の連絡は期限を過ぎ、まだ回答がありません。`,
  complaints: (came, open) =>
    came === 0
      ? '市民からの苦情はありませんでした。'
      : `市民からの苦情は${n(came)}件で、未解決は${n(open)}件です。`,
  proof: (title, { met, partly, not, open, void: none }, ended) => {
    const said = [
      met > 0 ? `達成${n(met)}チーム` : '',
      partly > 0 ? `一部達成${n(partly)}チーム` : '',
      not > 0 ? `未達成${n(not)}チーム` : '',
      open > 0 ? `${ended ? '採点待ち' : '不明'}${n(open)}チーム` : '',
      none > 0 ? `判定できず${n(none)}チーム` : '',
    ].filter(Boolean)
    return `${title}：${said.join('、') || (ended ? '実施されませんでした' : 'まだ来ていません')}`
  },
  flat: (title, reason, teams) => {
    switch (reason) {
      case 'unread':
        return `${title}：${n(teams)}チームに届きましたが、誰も読みませんでした。`
      case 'unanswered':
        return `${title}：${n(teams)}チームに届きましたが、回答はありませんでした。`
      case 'unnoticed':
        return `${title}：${n(teams)}チームへの攻撃が成功しましたが、誰も気付きませんでした。`
      case 'void':
        return `${title}：${teams === 1 ? '' : 'どのチームについても'}判定できませんでした。`
      case 'never-came':
        return `${title}：${n(teams)}チームに予定されていましたが、実施されませんでした。`
    }
  },
  proposal: proposalJa,
  graded: (count, twice) =>
    count === 0
      ? '採点されたものはまだありません。'
      : `採点済みの回答・報告は${n(count)}件で、そのうち${n(twice)}件は2人以上が採点しました。`,
  agreed: (mean, most, apart) =>
    `採点の差は平均で配点の${share.format(mean)}、最大で${share.format(most)}です。${
      apart === 0 ? '大きく異なるものはありません。' : `大きく異なるものは${n(apart)}件です。`
    }`,
  waiting: (first, second, appeals) =>
    `未採点${n(first)}件、2人目の採点者を待つもの${n(second)}件、対応待ちの異議申し立て${n(appeals)}件です。`,
  even: (even) =>
    even
      ? '攻撃と連絡の数、計測できた時間の割合は、どのチームも同じでした。'
      : '条件はチームによって異なりました。下の表で攻撃、連絡、確認の回数と計測できた時間を比べてください。',
  checks: ({ atMs, full, light }, teams) => {
    const of = ({ min, max, apart }: Spread) =>
      teams === 1
        ? `${n(max)}回`
        : min === max
          ? `各チーム${n(max)}回`
          : `チームごとに${n(min)}～${n(max)}回（差は${share.format(apart)}）`
    return `${clockText(atMs)}までの集計では、詳細な確認は${of(full)}、簡易な確認は${of(light)}です。`
  },
  checksUnknown: '確認回数は集計されていません。',
  pauses: (count) =>
    count === 0
      ? '一時停止はありませんでした。'
      : `一時停止は${count === 1 ? '一度' : `${n(count)}回`}ありました。`,
  skips: (count, ms) =>
    count === 0
      ? '時間の省略はありませんでした。'
      : `時間の省略は${count === 1 ? '一度' : `${n(count)}回`}、合計${span(ms)}でした。`,
  late: (now, lastMs) => {
    if (now) return '現在、計測が遅れています。数値はチームよりもプラットフォームの状態を表しています。'
    return lastMs === null
      ? '計測の遅れはありませんでした。'
      : `計測が遅れた時間帯がありました（最後は${clockText(lastMs)}）。`
  },
  isolationOpen: '現在、チーム間の隔離が破れています。',
}
