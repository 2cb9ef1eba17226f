import type { AskedCommand, Engine } from '../../server/engine/engine.ts'
import { type Actor, PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { random } from '../../server/exercise/random.ts'
import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import type { Text, Verdict } from '../../server/exercise/scenario/words.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { scenario as machines, teams as played, TEAMS } from './large-ledger.ts'

export const INJECTS = 40
export const REPORTS = 500
/** Held ready, to be fired when it is measured. */
export const READY = 12
/** So far the day is played; the next attack comes six minutes later. */
export const PLAYED_MIN = 358
const VERDICTS_A_MINUTE = 20
const ATTACK_EVERY_MIN = 7
const INJECT_EVERY_MIN = 9
const MINUTE = 60_000

/** Played by people: no pilot takes time from anything. */
export const teams = played.map((team) => ({ ...team, pilot: 'person' as const }))

const text = (en: string): Text => ({ en, et: en, ja: en })
const prose = (length: number, n: number) =>
  `Message ${n}. `.padEnd(
    length,
    'The office asks what has happened, whom it concerns and until when it lasts. ',
  )

const inject = (n: number): Inject => ({
  id: `message-${n}`,
  number: n + 1,
  title: text(`What does the ministry say to question ${n + 1}?`),
  text: text(prose(600, n)),
  from: text('The ministry'),
  channel: 'mail',
  roles: n % 2 === 0 ? ['lead'] : ['communication', 'legal'],
  expects: { kind: 'text', maxLength: 4_000 },
  rubric: ['facts', 'tone', 'next'].map((id) => ({
    id,
    title: text(`As to ${id}`),
    points: 10,
    anchors: [0, 5, 10].map((points) => ({ points, text: text(`What earns ${points} of them.`) })),
  })),
  attachments: [],
  category: n % 4 === 0 ? 'reporting' : 'strategic',
  weight: 1,
  weightBefore: Math.floor(n / 4) * (n % 4 === 0 ? 1 : 3) + Math.max(0, (n % 4) - 1),
  trigger: n < INJECTS ? at((1 + n * INJECT_EVERY_MIN) * MINUTE) : { kind: 'manual' },
  withinMs: 20 * MINUTE,
  teams: null,
  objectives: [],
  expectedAction: text('They say what they know, and what they do not.'),
})

/** The large exercise of machines, and with `people` messages that earn points, as reports do. */
export const dayScenario = (people: boolean): Scenario => ({
  ...machines,
  slug: 'day',
  injects: people ? Array.from({ length: INJECTS + READY }, (_, n) => inject(n)) : [],
  scoring: people
    ? { ...machines.scoring, availability: 4_000, defence: 2_500, reporting: 800, strategic: 700 }
    : machines.scoring,
})

interface Deed {
  readonly minute: number
  readonly command: AskedCommand
  readonly by: Actor
}

const person = (team: string, name: string): Actor => ({
  kind: 'seat',
  seatId: `blue-${team}`,
  seat: 'blue',
  name,
})
const grader = (n: number): Actor => ({
  kind: 'seat',
  seatId: 'white',
  seat: 'white',
  name: n % 2 === 0 ? 'Mari' : 'Kenji',
})

/** Attacks, what becomes of them, and verdicts that never rest. What landed is told to `landed`, in the order of the day. */
function machinesDo(
  scenario: Scenario,
  landed: (team: string, attack: string, minute: number) => void,
): readonly Deed[] {
  const next = random('exercise-day')
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const deeds: Deed[] = []
  const add = (minute: number, command: AskedCommand) => deeds.push({ minute, command, by: PLATFORM })
  const evidence = (n: number) => ({
    step: '3: http GET /records',
    sent: `GET /records?of=${n} from 10.0.${n % 9}.7`,
    received: prose(300, n),
    expected: '403',
    ms: 3,
  })
  for (const [n, { id }] of scenario.attacks.entries()) {
    const minute = (n + 1) * ATTACK_EVERY_MIN
    if (minute > PLAYED_MIN) break
    for (const { id: team } of teams) {
      const lands = next() < 0.6
      add(minute, { type: 'launch-attack', data: { team, attack: id } })
      const what = { team, attack: id, attempt: 1, alive: true, evidence: evidence(n) }
      add(minute, { type: 'report-attack', data: { ...what, result: lands ? 'landed' : 'failed' } })
      if (lands) landed(team, id, minute)
      if (lands && next() < 0.9)
        add(minute + 10, {
          type: 'report-foothold',
          data: { team, attack: id, result: 'failed', alive: true, evidence: null },
        })
    }
  }
  const verdicts: readonly Verdict[] = ['up', 'up', 'slow', 'broken', 'down']
  for (let n = 0; n < PLAYED_MIN * VERDICTS_A_MINUTE; n += 1) {
    const [team, service, verdict] = [pick(teams).id, pick(scenario.services), pick(verdicts)]
    const result = { verdict, evidence: verdict === 'up' ? null : evidence(n) }
    add(Math.floor(n / VERDICTS_A_MINUTE), {
      type: 'report-check',
      data: { team, service: service.id, journey: pick(service.journeys).id, results: [result, result] },
    })
  }
  return deeds
}

/** Each message is read, written at by two, and by most teams answered, some late; half of the answers are graded. */
function messagesDo(scenario: Scenario): readonly Deed[] {
  const next = random('messages')
  return scenario.injects.slice(0, INJECTS).flatMap(({ id, rubric }, n) =>
    teams.flatMap(({ id: team }): readonly Deed[] => {
      const minute = 1 + n * INJECT_EVERY_MIN
      const of = { team, inject: id }
      const [mari, jaan] = [person(team, 'Mari'), person(team, 'Jaan')]
      const draft = (by: Actor, length: number) => ({
        minute: minute + 3,
        by,
        command: {
          type: 'save-draft',
          data: { ...of, field: 'text', text: prose(length, n) },
        } as const,
      })
      const chance = next()
      const answeredAt = minute + (chance < 0.75 ? 6 : 24)
      const answer = { kind: 'text', text: prose(800, n) } as const
      const criteria = Object.fromEntries(rubric.map((one, k) => [one.id, (n + k) % 11]))
      const grade = { ...of, criteria, comment: prose(120, n), final: false, seen: 1 }
      return [
        { minute, by: PLATFORM, command: { type: 'send-inject', data: of } },
        { minute: minute + 2, by: mari, command: { type: 'read-inject', data: of } },
        draft(mari, 200),
        draft(jaan, 500),
        ...(chance < 0.85
          ? [
              {
                minute: answeredAt,
                by: mari,
                command: { type: 'answer-inject', data: { ...of, content: answer, seen: 0 } },
              } as const,
            ]
          : []),
        ...(chance < 0.42
          ? [
              {
                minute: answeredAt + 8,
                by: grader(n),
                command: { type: 'grade-inject', data: grade },
              } as const,
            ]
          : []),
      ]
    }),
  )
}

/** Reports of what landed, each begun as a draft, until there are enough; half of them graded. */
function reporters() {
  const next = random('reports')
  const numbers = new Map<string, number>()
  const deeds: Deed[] = []
  let filed = 0
  return {
    deeds,
    numbers,
    landed(scenario: Scenario, team: string, attack: string, minute: number) {
      if (filed >= REPORTS || minute + 6 > PLAYED_MIN || next() > 0.8) return
      filed += 1
      const number = (numbers.get(team) ?? 0) + 1
      numbers.set(team, number)
      const of = { team, report: `R${number}` }
      const by = person(team, 'Jaan')
      const service = scenario.attacks.find(({ id }) => id === attack)?.service ?? ''
      const draft = (field: string, words: string) =>
        deeds.push({
          minute: minute + 4,
          by,
          command: { type: 'save-report-draft', data: { ...of, field, text: words } },
        })
      draft('service', service)
      draft('indicators', '10.0.3.7, /records')
      draft('actions', prose(200, number))
      deeds.push({
        minute: minute + 6,
        by,
        command: {
          type: 'file-report',
          data: { ...of, fields: reportFields(service, minute * MINUTE), seen: 0 },
        },
      })
      if (next() >= 0.5 || minute + 15 > PLAYED_MIN) return
      const criteria = { service: 25, technique: 15, time: 20, indicators: 7.5, completeness: 15 }
      deeds.push({
        minute: minute + 15,
        by: grader(number),
        command: {
          type: 'grade-report',
          data: { ...of, match: attack, criteria, comment: '', final: false, seen: 1 },
        },
      })
    },
  }
}

export const reportFields = (service: string, noticedMs: number) => ({
  service,
  noticedMs,
  technique: 'T1190',
  indicators: '10.0.3.7, GET /records?of=, curl/8.5',
  actions: prose(300, 1),
  confidence: 'medium' as const,
})

/**
 * Plays the day by commands to the engine, hour by hour: `pass` moves the clock on. With `people` it has messages, drafts, answers, reports and grades; without, machines
 * alone do the same as they do beside them. Says the number of the last report of each team. Any command that is refused is a fault of this file.
 */
export async function playDay(
  engine: Engine,
  people: boolean,
  pass: (ms: number) => void,
): Promise<ReadonlyMap<string, number>> {
  const scenario = dayScenario(people)
  const give = async (command: AskedCommand, by: Actor) => {
    const done = await engine.submit(command, by)
    if (!done.ok) throw new Error(`${command.type}: ${done.refusal.message}`)
  }
  await standUp(engine, { scenario, teams })
  const seat = (seatId: string, kind: 'white' | 'guest' | 'blue', team: string | null) =>
    give({ type: 'issue-seat', data: { seatId, seat: kind, team, label: seatId } }, PLATFORM)
  await seat('white', 'white', null)
  await seat('guest', 'guest', null)
  for (const { id } of teams) await seat(`blue-${id}`, 'blue', id)
  await startExercise(engine)
  const reports = reporters()
  const work = machinesDo(scenario, (...what) => people && reports.landed(scenario, ...what))
  const all = [...work, ...reports.deeds, ...(people ? messagesDo(scenario) : [])].filter(
    ({ minute }) => minute <= PLAYED_MIN,
  )
  const byMinute = Map.groupBy(all, ({ minute }) => minute)
  for (let minute = 0; minute <= PLAYED_MIN; minute += 1) {
    pass(Math.max(0, minute * MINUTE - engine.atMs()))
    await Promise.all((byMinute.get(minute) ?? []).map(({ command, by }) => give(command, by)))
  }
  const { injects, reports: filed } = counted(engine)
  if (people && (injects !== TEAMS * INJECTS || filed !== REPORTS))
    throw new Error(`the day has ${injects} messages and ${filed} reports`)
  return reports.numbers
}

const counted = (engine: Engine) => {
  const all = engine.state().teams
  return {
    injects: all.reduce((sum, team) => sum + team.injects.length, 0),
    reports: all.reduce(
      (sum, team) => sum + team.reports.filter(({ versions }) => versions.length > 0).length,
      0,
    ),
  }
}
