import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { teamOf } from '../../server/exercise/fold/state.ts'
import type { AnswerContent } from '../../server/exercise/ledger/answer.ts'
import type { Expects } from '../../server/exercise/scenario/inject.ts'
import { timelineDue } from '../../server/exercise/schedule/timeline.ts'
import { scoreAt } from '../../server/exercise/scoring/scoring.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { allSeen, look, type Run, readyRun, seen } from '../exercise/run.ts'
import { blue } from '../kit/actors.ts'

const FOLDER = resolve(import.meta.dirname, '../../scenarios/locked-meremaa')
const STEP_MS = 10_000
const minutes = (n: number) => n * 60_000

const ANSWERS: Readonly<Record<Expects['kind'], (expects: Expects) => AnswerContent | null>> = {
  text: () => ({ kind: 'text', text: 'We know.' }),
  sitrep: () => ({ kind: 'form', fields: { services: 'All work.' } }),
  choice: (expects) =>
    expects.kind === 'choice' ? { kind: 'choice', chosen: [expects.options[0]?.id ?? ''] } : null,
  file: () => null,
  question: () => null,
}

const REPORT = {
  service: 'tax',
  noticedMs: minutes(24),
  technique: '',
  indicators: '',
  confidence: 'low',
  actions: '',
} as const

/** Two teams play the whole day: in one every attack succeeds, stays, and nobody answers, but for one report; the other blocks all and answers after two minutes. */
async function playTheDay() {
  const { scenario } = await loadScenario(FOLDER)
  const team = (id: string) =>
    ({ id, name: { en: id, et: id, ja: id }, country: 'XX', pilot: 'absent' }) as const
  const run = readyRun(scenario, [team('lost'), team('awake')])
  for (const id of ['lost', 'awake']) allSeen(run, id, 'up')
  run.give('start-exercise', {})
  for (let at = 0; run.state.phase !== 'ended'; at += STEP_MS) step(run, at)
  const got = (id: string) => new Set(teamOf(run.state, id)?.injects.map(({ inject }) => inject))
  return { run, scenario, lost: got('lost'), awake: got('awake') }
}

function step(run: Run, at: number) {
  // Prescriptions are away from 1:05 on, and voting from 1:30 until the polls close.
  if (at === minutes(65)) seen(run, 'lost', 'health/alive', 'down', at)
  if (at === minutes(90)) seen(run, 'lost', 'vote/alive', 'down', at)
  if (at === minutes(99)) seen(run, 'lost', 'vote/alive', 'up', at)
  if (at === minutes(25))
    run.give('file-report', { team: 'lost', report: 'R1', fields: REPORT, seen: 0 }, at, blue('b1'))
  const due = timelineDue(run.state, at)
  if (due.passTime) run.give('pass-time', {}, at)
  if (run.state.phase !== 'running') return
  for (const { team, inject } of due.injects) run.give('send-inject', { team, inject }, at)
  for (const one of due.world) run.give('begin-world', one, at)
  for (const { id, world } of run.state.teams)
    for (const { entry, untilMs, endedMs } of world)
      if (endedMs === null && untilMs <= at) run.give('end-world', { team: id, entry }, at)
  for (const { team, attack } of due.attacks) {
    run.give('launch-attack', { team, attack }, at)
    const result = team === 'lost' ? 'landed' : 'failed'
    const evidence = look('up').evidence
    run.give('report-attack', { team, attack, attempt: 1, alive: true, evidence, result }, at)
  }
  for (const { inject, info, sentMs, answers } of teamOf(run.state, 'awake')?.injects ?? []) {
    const content = info.expects && answers.length === 0 ? ANSWERS[info.expects.kind](info.expects) : null
    if (content && at >= sentMs + minutes(2))
      run.give('answer-inject', { team: 'awake', inject, content, seen: 0 }, at, blue('b1'))
  }
}

describe('the day of locked-meremaa', async () => {
  const { run, scenario, lost, awake } = await playTheDay()

  test('every message that nobody holds ready comes to somebody, and what is held ready to nobody', () => {
    const came = new Set([...lost, ...awake])
    const meant = scenario.injects.filter(({ trigger }) => trigger.kind !== 'manual').map(({ id }) => id)
    expect(came).toEqual(new Set(meant))
  })

  test('who blocks everything hears of nothing that succeeded, and is asked how; who answers or reports is thanked, who does not is in the paper', () => {
    for (const { id, trigger } of scenario.injects)
      if (trigger.kind === 'after' && trigger.after.kind === 'attack')
        expect([id, lost.has(id), awake.has(id)]).toEqual([
          id,
          trigger.after.outcome === 'landed',
          trigger.after.outcome === 'blocked',
        ])
    expect([lost.has('press-silence'), awake.has('press-silence')]).toEqual([true, false])
    expect([lost.has('cert-eu-thanks'), awake.has('cert-eu-thanks')]).toEqual([false, true])
    for (const id of ['press-doctor', 'ministry-polls', 'ministry-inside', 'cert-eu-received'])
      expect([id, lost.has(id), awake.has(id)]).toEqual([id, true, false])
  })

  test('what happens outside happens to every team, is over before the end, and attacks wait for it', () => {
    expect(scenario.world.length).toBeGreaterThan(1)
    for (const { world, attacks } of run.state.teams) {
      expect(world.map(({ entry }) => entry).toSorted()).toEqual(
        scenario.world.map(({ id }) => id).toSorted(),
      )
      for (const { beganMs, endedMs, info } of world)
        for (const attack of attacks)
          if (info.services.includes(attack.info.service))
            expect(attack.launchedMs < beganMs || attack.launchedMs >= (endedMs ?? Number.MAX_VALUE)).toBe(
              true,
            )
    }
  })

  test('nobody has more than seven open messages at once, forensic questions aside, and no time ends after the exercise', () => {
    for (const id of ['lost', 'awake']) {
      const injects = (teamOf(run.state, id)?.injects ?? []).filter(
        ({ info }) => info.expects?.kind !== 'question',
      )
      for (const { sentMs } of injects) {
        const open = injects.filter((one) => one.sentMs <= sentMs && (one.deadlineMs ?? 0) > sentMs)
        expect(open.length).toBeLessThanOrEqual(7)
      }
      for (const { deadlineMs } of injects) expect(deadlineMs ?? 0).toBeLessThan(scenario.durationMs)
    }
  })

  test('what never came counts for nobody: silence loses what came, an answer that nobody graded nothing', () => {
    const [silent, answered] = ['lost', 'awake'].map(
      (id) => scoreAt(run.state, id, scenario.durationMs).categories,
    )
    expect(silent?.strategic.points).toBe(0)
    expect(silent?.strategic.possible).toBeGreaterThan(scenario.scoring.strategic / 2)
    // What the police ask is of what succeeded.
    expect([silent?.forensics.possible, answered?.forensics.possible]).toEqual([
      scenario.scoring.forensics,
      0,
    ])
    expect(silent?.strategic.possible).toBeLessThan(scenario.scoring.strategic)
    expect(answered?.reporting).toEqual({ points: 0, possible: 0 })
    // The choices were graded by the platform.
    expect(answered?.strategic.possible).toBeGreaterThan(0)
  })
})
