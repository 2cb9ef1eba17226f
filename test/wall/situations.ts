import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import type { Verdict } from '../../server/exercise/scenario/words.ts'
import { attacked, finish, fixed, type Run, runningRun, seen } from '../exercise/run.ts'
import { blue, white } from '../kit/actors.ts'
import { eight, MINUTE, twentyFour, wallScenario } from './wall-scenario.ts'

/** A ledger that real commands have made, and the moment at which it is looked at. */
export interface Situation {
  readonly ledger: readonly Recorded[]
  readonly atMs: number
}

interface Story {
  readonly run: Run
  readonly teams: readonly Team[]
  /** What happens at a minute; all is given in the order of time. */
  readonly at: (minute: number, then: (run: Run, ms: number) => void) => void
}

/** Things in the order of their time, until a minute. */
function told(teams: readonly Team[], untilMinute: number, tell: (story: Story) => void): Situation {
  const run = runningRun(wallScenario, teams)
  const { phases } = wallScenario
  const things: { readonly ms: number; readonly run: (run: Run, ms: number) => void }[] = []
  for (const { trigger } of phases)
    if (trigger.kind === 'at')
      things.push({ ms: trigger.atMs, run: (one, ms) => one.give('pass-time', {}, ms) })
  tell({ run, teams, at: (minute, then) => things.push({ ms: Math.round(minute * MINUTE), run: then }) })
  const atMs = untilMinute * MINUTE
  for (const { ms, run: happen } of things.toSorted((a, b) => a.ms - b.ms)) if (ms <= atMs) happen(run, ms)
  return { ledger: run.ledger, atMs }
}

const ids = (teams: readonly Team[], ...places: readonly number[]) =>
  places.flatMap((place) => teams[place]?.id ?? [])
const others = (teams: readonly Team[], those: readonly string[]) =>
  teams.map(({ id }) => id).filter((id) => !those.includes(id))

/** The same attack on all teams: it lands on some. */
const wave = ({ at, teams }: Story, minute: number, attack: string, landsOn: readonly string[]) =>
  at(minute, (run, ms) => {
    for (const team of landsOn) attacked(run, team, attack, 'landed', ms)
    for (const team of others(teams, landsOn)) attacked(run, team, attack, 'defended', ms)
  })

const turns = ({ at }: Story, minute: number, team: string, service: string, verdict: Verdict) =>
  at(minute, (run, ms) => seen(run, team, `${service}/main`, verdict, ms))

/** Somebody of the team opens a terminal on the service. */
const looks = ({ at }: Story, minute: number, team: string, service: string) =>
  at(minute, (run, ms) =>
    run.give('open-terminal', { team, service, terminal: `${team} ${ms}` }, ms, blue(`blue-${team}`)),
  )

const restarts = ({ at }: Story, minute: number, team: string, service: string) =>
  at(minute, (run, ms) => {
    run.give('report-container', { team, service, happened: 'died', exitCode: 0, oom: false }, ms)
    run.give('report-container', { team, service, happened: 'started', exitCode: 0, oom: false }, ms + 800)
  })

const closes = ({ at }: Story, minute: number, team: string, attack: string) =>
  at(minute, (run, ms) => fixed(run, team, attack, ms))

const asked = ({ at, teams }: Story, minute: number, inject: string) =>
  at(minute, (run, ms) => {
    for (const { id } of teams) run.give('send-inject', { team: id, inject }, ms)
  })

const answers = ({ at }: Story, minute: number, team: string, inject: string) =>
  at(minute, (run, ms) =>
    run.give(
      'answer-inject',
      { team, inject, content: { kind: 'text', text: 'We know and are at it.' }, seen: 0 },
      ms,
      blue(`blue-${team}`),
    ),
  )

/** A report of an attack, graded half a minute later to be of it. */
const reports = ({ at }: Story, minute: number, team: string, attack: string, service: string) => {
  const of = (run: Run) => run.state.teams.find(({ id }) => id === team)?.reports.length ?? 0
  at(minute, (run, ms) => {
    const words = {
      technique: 'T1190',
      indicators: 'GET /search',
      actions: 'Closed it.',
      confidence: 'high',
    } as const
    const fields = { service, noticedMs: ms, ...words }
    run.give('file-report', { team, report: `R${of(run) + 1}`, fields, seen: 0 }, ms, blue())
  })
  at(minute + 0.5, (run, ms) => {
    const criteria = { service: 25, technique: 25, time: 20, indicators: 10, completeness: 15 }
    const grade = { team, report: `R${of(run)}`, match: attack, criteria, comment: '', final: true, seen: 1 }
    run.give('grade-report', grade, ms, white())
  })
}

/** The leak in the register: lands on three of eight, one is done with it after four minutes. */
function leak(story: Story) {
  const [first = '', second = '', third = ''] = ids(story.teams, 0, 3, 5)
  wave(story, 40, 'leak', [first, second, third])
  asked(story, 41, 'paper-asks')
  looks(story, 41.5, second, 'population')
  reports(story, 43, second, 'leak', 'population')
  restarts(story, 43.4, second, 'population')
  return { first, second, third }
}

function leakOver(story: Story) {
  const { first, second, third } = leak(story)
  closes(story, 44, second, 'leak')
  looks(story, 45, first, 'population')
  closes(story, 48, first, 'leak')
  looks(story, 46, third, 'population')
  closes(story, 52, third, 'leak')
  for (const { id } of story.teams.slice(0, -1)) answers(story, 50, id, 'paper-asks')
  answers(story, 53, story.teams.at(-1)?.id ?? '', 'paper-asks')
}

/** The stolen key: login falls in three countries, what needs it at once, and the exchange two minutes later, when its stamps are too old. */
function key(story: Story) {
  const hit = ids(story.teams, 1, 3, 6)
  wave(story, 60, 'key', hit)
  for (const [index, team] of hit.entries()) {
    turns(story, 60.5 + index / 10, team, 'eid', 'broken')
    for (const service of ['tax', 'portal']) turns(story, 60.8 + index / 10, team, service, 'broken')
    turns(story, 62.5, team, 'xroad', 'broken')
  }
  asked(story, 62, 'ministry-asks')
  looks(story, 61.2, hit[0] ?? '', 'eid')
  looks(story, 62.1, hit[1] ?? '', 'eid')
  reports(story, 62.8, hit[1] ?? '', 'key', 'eid')
  restarts(story, 63.5, hit[1] ?? '', 'eid')
  return hit
}

function back(story: Story, minute: number, team: string) {
  closes(story, minute, team, 'key')
  for (const service of ['eid', 'tax', 'portal', 'xroad']) turns(story, minute + 0.3, team, service, 'up')
}

function crisis(story: Story) {
  leak(story)
  const hit = story.teams.filter((_, place) => place % 3 === 1).map(({ id }) => id)
  wave(story, 60, 'key', hit)
  for (const [index, team] of hit.entries()) {
    turns(story, 60.5 + index / 10, team, 'eid', 'broken')
    for (const service of ['tax', 'portal']) turns(story, 61 + index / 10, team, service, 'broken')
    if (index < 4) looks(story, 62 + index / 3, team, 'eid')
  }
  asked(story, 62, 'ministry-asks')
  for (const { id } of story.teams.slice(0, 9)) answers(story, 66, id, 'ministry-asks')
  const second = story.teams.filter((_, place) => place % 4 === 2).map(({ id }) => id)
  wave(story, 70, 'returns', second)
  asked(story, 72, 'radio-asks')
  looks(story, 72, second[0] ?? '', 'tax')
  const third = story.teams.filter((_, place) => place % 8 === 4).map(({ id }) => id)
  wave(story, 80, 'refunds', third)
  for (const team of ids(story.teams, 0, 9)) turns(story, 75, team, 'population', 'down')
  for (const team of ids(story.teams, 11)) turns(story, 76, team, 'portal', 'broken')
  closes(story, 78, hit[0] ?? '', 'key')
  for (const service of ['eid', 'tax', 'portal']) turns(story, 78.3, hit[0] ?? '', service, 'up')
}

/** What the wall is looked at in: eight moments of exercises. */
export const SITUATIONS = {
  quiet: () => told(eight, 25, () => {}),
  'first breach': () => told(eight, 42, leak),
  'one outage': () =>
    told(eight, 56, (story) => {
      leakOver(story)
      const [first = '', second = ''] = ids(story.teams, 2, 4)
      turns(story, 55, first, 'eid', 'down')
      turns(story, 55.3, second, 'eid', 'down')
      looks(story, 55.5, first, 'eid')
    }),
  cascade: () =>
    told(eight, 64, (story) => {
      leakOver(story)
      key(story)
    }),
  crisis: () => told(twentyFour, 82, crisis),
  recovering: () =>
    told(eight, 68, (story) => {
      leakOver(story)
      const [first = '', second = ''] = key(story)
      back(story, 65, second)
      back(story, 67, first)
    }),
  overloaded: () =>
    told(eight, 33, ({ at }) => {
      at(31, (run, ms) => run.give('report-strain', { late: true, stretch: 4, cause: 'processors' }, ms))
    }),
  ended: () => {
    const story = told(eight, 120, (all) => {
      leakOver(all)
      const hit = key(all)
      for (const [index, team] of hit.entries()) back(all, 65 + index * 2, team)
      for (const inject of ['ministry-asks']) for (const { id } of all.teams) answers(all, 74, id, inject)
      wave(all, 70, 'returns', ids(all.teams, 2))
      closes(all, 77, all.teams[2]?.id ?? '', 'returns')
      at120(all)
    })
    return story
  },
} as const satisfies Readonly<Record<string, () => Situation>>

const at120 = ({ at }: Story) => at(120, (run) => finish(run))

export type SituationName = keyof typeof SITUATIONS
export const SITUATION_NAMES = Object.keys(SITUATIONS) as readonly SituationName[]
