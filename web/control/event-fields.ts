import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import type { WallPage } from '#exercise/scenario/wall-scene.ts'
import type { Text } from '#exercise/scenario/words.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { isMessage } from '../kit/i18n/i18n.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { saidReason } from '../kit/said-reason.ts'

/** What names stand for: the scenario, and all messages, those of the instructor too. */
export type Names = Pick<
  Scenario,
  'services' | 'attacks' | 'tutor' | 'phases' | 'world' | 'weaknesses' | 'citizens'
> & { readonly injects: ExerciseView['injects'] }

type Data = Readonly<Record<string, unknown>>
/** What a field of an event is in words; null where it says nothing that a reader wants. */
type Field = (say: Say, value: unknown, data: Data, names: Names) => string | null

const num = (value: unknown): number => Number(value)
/** A word for a value that is a code; a code that nobody has a word for is said as it is. */
const coded =
  (prefix: string): Field =>
  (say, value) =>
    isMessage(`${prefix}.${value}`) ? say.code(`${prefix}.${value}`) : String(value)
/** A word of its own for yes and, where it is worth one, for no. */
const flag =
  (yes: Parameters<Say>[0], no?: Parameters<Say>[0]): Field =>
  (say, value) =>
    value === true ? say(yes) : no ? say(no) : null
const counted =
  (key: Parameters<Say>[0]): Field =>
  (say, value) =>
    say(key, { n: say.number(num(value), 1), count: num(value) })
const moment =
  (key: Parameters<Say>[0]): Field =>
  (say, value) =>
    say(key, { time: say.clock(num(value)) })
const span: Field = (say, value) => say('ledger.field.ms', { span: say.span(num(value)) })
const plain: Field = (_, value) => String(value)
/** A tutor's note has no title but its words. */
const shortened = (text: string): string => (text.length <= 90 ? text : `${text.slice(0, 90).trimEnd()}…`)
const titled = (say: Say, text: Text | undefined): string | null => (text ? shortened(say.text(text)) : null)

const turned: Field = (say, value, data) => {
  if ('journey' in data) return coded('state.exact')(say, value, data, {} as Names)
  return typeof value === 'number' ? say('transport.times', { n: value }) : say.code(`pilot.${value}`)
}

/** The title that an event carries of what it tells. */
const infoTitle = (say: Say, { info }: Data): string | null =>
  titled(say, (info as { readonly title?: Text } | undefined)?.title)

/** An entry of the timeline, by its kind and id. */
function entryName(say: Say, scenario: Names, kind: unknown, id: unknown): string | null {
  const { attacks, injects, tutor, phases, world } = scenario
  const lists = { attack: attacks, inject: injects, phase: phases, world }
  if (kind === 'note') return titled(say, tutor.find((one) => one.id === id)?.text)
  const list: readonly { readonly id: string; readonly title: Text }[] =
    lists[kind as keyof typeof lists] ?? Object.values(lists).flat()
  return titled(say, list.find((one) => one.id === id)?.title)
}

/** Fields that are said, in words. All others are ids and counts of the platform's own, that nobody reads. */
export const FIELDS: Readonly<Record<string, Field>> = {
  scene: coded('scene'),
  service: (say, value, _, { services }) =>
    titled(say, services.find(({ id }) => id === value)?.title) ?? String(value),
  journey: (say, value, { service }, { services }) =>
    titled(say, services.find(({ id }) => id === service)?.journeys.find(({ id }) => id === value)?.title) ??
    String(value),
  attack: (say, value, _, scenario) => entryName(say, scenario, 'attack', value) ?? String(value),
  inject: (say, value, data, scenario) =>
    entryName(say, scenario, 'inject', value) ?? infoTitle(say, data) ?? say('msel.kind.inject'),
  persona: (say, value, _, { citizens }) =>
    titled(say, citizens.personas.find(({ id }) => id === value)?.name) ?? String(value),
  phase: (say, value, _, scenario) => entryName(say, scenario, 'phase', value) ?? String(value),
  // What was told says what it is.
  note: (say, value, { text }, scenario) =>
    text ? null : (entryName(say, scenario, 'note', value) ?? say('msel.kind.note')),
  weakness: (say, value, _, { weaknesses }) =>
    titled(say, weaknesses.find(({ id }) => id === value)?.title) ?? String(value),
  match: (say, value, _, scenario) =>
    typeof value === 'string'
      ? (entryName(say, scenario, 'attack', value) ?? value)
      : say(value === false ? 'report.match.false' : 'report.match.none'),
  id: (say, value, { kind }, scenario) =>
    typeof kind === 'string'
      ? (entryName(say, scenario, kind, value) ?? say.code(`msel.kind.${kind}`))
      : null,
  entry: (say, value, data, scenario) => {
    if (typeof value === 'string')
      return entryName(say, scenario, 'world', value) ?? infoTitle(say, data) ?? value
    const { kind, ...made } = value as { readonly kind: string } & Data
    return titled(say, (made[kind] as { readonly title?: Text } | undefined)?.title)
  },
  subject: (say, value, _, scenario) => {
    const { kind, id } = value as { readonly kind: string; readonly id: string }
    if (kind === 'inject') return entryName(say, scenario, 'inject', id) ?? say('msel.kind.inject')
    if (kind === 'service') return titled(say, scenario.services.find((one) => one.id === id)?.title)
    return kind === 'line' ? null : id
  },
  change: (say, value) => {
    const change = value as EntryChange
    if (change.kind !== 'move') return say(`msel.did.${change.kind}`)
    return say(change.byMs > 0 ? 'msel.did.move' : 'msel.did.moveBack', {
      span: say.span(Math.abs(change.byMs)),
    })
  },
  access: coded('shared.access'),
  page: (say, value, _, { services }) => {
    const { service, path } = value as WallPage
    const title = titled(say, services.find(({ id }) => id === service)?.title) ?? service
    return `${title} ${path}`
  },
  category: coded('category'),
  verdict: coded('state.exact'),
  cause: coded('ledger.cause'),
  action: coded('ledger.action'),
  outcome: coded('ledger.outcome'),
  state: coded('case.state'),
  seat: coded('seat'),
  from: turned,
  to: turned,
  speed: (say, value) => say('transport.times', { n: num(value) }),
  share: (say, value) => say('inbox.grade', { share: say.percent(num(value)) }),
  points: counted('ledger.field.points'),
  cost: counted('ledger.field.points'),
  attempt: counted('ledger.field.attempt'),
  n: counted('ledger.field.attempt'),
  level: counted('ledger.field.level'),
  exitCode: counted('ledger.field.exit'),
  heldMiB: counted('ledger.field.held'),
  allowedMiB: counted('ledger.field.allowed'),
  untilMs: moment('ledger.field.until'),
  deadlineMs: moment('ledger.field.until'),
  fromMs: moment('ledger.field.from'),
  sinceMs: moment('ledger.field.from'),
  ms: span,
  awayMs: span,
  lostMs: span,
  right: flag('question.right', 'question.wrong'),
  ok: flag('ledger.field.done', 'ledger.field.failed'),
  final: flag('ledger.field.final'),
  oom: flag('ledger.field.memory'),
  open: flag('ledger.field.open', 'ledger.field.closed'),
  late: flag('ledger.field.late', 'ledger.field.onTime'),
  stays: flag('ledger.field.stays'),
  done: (say, value, { total }) =>
    typeof total === 'number' ? say('inbox.points', { n: num(value), total }) : null,
  reason: (say, value) => {
    const key = [`ledger.reason.${value}`, `terminal.why.${value}`].find(isMessage)
    return key === undefined ? saidReason(say, String(value)) : say.code(key)
  },
  // Names that people give and say to one another.
  ticket: plain,
  case: plain,
  report: plain,
  appeal: plain,
  label: plain,
  what: plain,
  comment: plain,
  title: (_, value) => (typeof value === 'string' ? value : null),
  text: (say, value) => (typeof value === 'string' ? value : titled(say, value as Text)),
}
