import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import type { State } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { caseViews } from '#exercise/views/case-views.ts'
import { detectionView } from '#exercise/views/detection-view.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { inboxView } from '#exercise/views/inbox-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { dueNext } from '#exercise/views/own-story/due.ts'
import { ownStory } from '#exercise/views/own-story/own-story.ts'
import { publicExercise } from '#exercise/views/public-exercise.ts'
import { teamFacts } from '#exercise/views/report/team-facts.ts'
import { appealViews, reportViews } from '#exercise/views/report-views.ts'
import { sectorsView } from '#exercise/views/sectors/sectors-view.ts'
import { seriesOf } from '#exercise/views/series.ts'
import { workView } from '#exercise/views/work-view.ts'
import { type Folded, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { madeScenario, madeTeams } from './made-scenario.ts'
import { eventful, randomExercise } from './random-exercise.ts'
import { attacked, runningRun, seen } from './run.ts'

const AUDIENCES: readonly Audience[] = [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  { seat: 'blue', team: 'meremaa' },
  { seat: 'blue', team: 'laanemets' },
]

const streamFor = (ledger: Parameters<typeof redact>[0][], audience: Audience) =>
  ledger.flatMap((event) => redact(event, audience) ?? [])

/** Every view there is, as `audience` may see it. */
const viewsFor = (state: State, audience: Audience, atMs: number) => ({
  exercise: exerciseView(state, atMs, audience),
  national: nationalView(state, atMs),
  public: publicExercise(state, atMs),
  scores: madeTeams.map(({ id }) => scoreAt(state, id, atMs)),
  lines: madeTeams.map(({ id }) => explain(state, id, atMs, audience)),
  cases: madeTeams.map(({ id }) => caseViews(state, id, audience)),
  work: madeTeams.map(({ id }) => workView(state, id, audience)),
  hints: audience.seat === 'blue' ? hintViews(state, audience.team) : null,
  inboxes: madeTeams.map(({ id }) => inboxView(state, atMs, id, audience)),
  reports: madeTeams.map(({ id }) => reportViews(state, id, audience)),
  appeals: madeTeams.map(({ id }) => appealViews(state, id, { kind: 'report', id: 'R1' }, audience)),
  detection: detectionView(state, audience),
  stories: madeTeams.map(({ id }) => ownStory(state, atMs, id, audience)),
  teamReports: madeTeams.map(({ id }) => teamFacts(state, null, atMs, id, audience)),
  due: madeTeams.map(({ id }) => dueNext(state, atMs, id, audience)),
})

// The machine may be busy with containers: the properties need CPU, not time.
describe('audiences', { timeout: 30_000 }, () => {
  test("a view of an audience's own stream is its view of the whole ledger", () => {
    let eventfulRuns = 0
    fc.assert(
      fc.property(randomExercise, fc.nat(30_000), (run, laterMs) => {
        if (eventful(run)) eventfulRuns += 1
        const at = run.state.atMs + laterMs
        for (const audience of AUDIENCES) {
          const own = fold(streamFor([...run.ledger], audience))
          expect(viewsFor(own, audience, at)).toEqual(viewsFor(run.state, audience, at))
        }
      }),
      { numRuns: 50 },
    )
    expect(eventfulRuns).toBeGreaterThan(0)
  })

  test('points over time are the same for every audience', () => {
    fc.assert(
      fc.property(randomExercise, (run) => {
        const whole = seriesOf(run.ledger, 15_000, run.state.atMs)
        for (const audience of AUDIENCES)
          expect(seriesOf(streamFor([...run.ledger], audience), 15_000, run.state.atMs)).toEqual(whole)
      }),
      { numRuns: 15 },
    )
  })

  test('sector times of an own stream are those of the whole ledger', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(30_000), (run, laterMs) => {
        const at = run.state.atMs + laterMs
        const shown = ({ state, losses }: Folded, audience: Audience) => {
          if (!losses) throw new Error('an exercise without points')
          return sectorsView(state, losses, at, audience)
        }
        const folded = (ledger: readonly Recorded[]) => foldOn(nothingFolded, ledger, run.ledger.length)
        const whole = folded(run.ledger)
        for (const audience of AUDIENCES)
          expect(shown(folded(streamFor([...run.ledger], audience)), audience)).toEqual(
            shown(whole, audience),
          )
      }),
      { numRuns: 10 },
    )
  })

  test('nothing secret leaves with any stream', () => {
    fc.assert(
      fc.property(randomExercise, (run) => {
        for (const audience of AUDIENCES) {
          if (audience.seat === 'white') continue
          const stream = streamFor([...run.ledger], audience)
          const own = audience.seat === 'blue' ? audience.team : null
          for (const event of stream) {
            const said = JSON.stringify(event)
            for (const { id } of madeScenario.weaknesses) expect(said).not.toContain(id)
            for (const secret of [
              'Secret title',
              'secret note',
              'secret observation',
              'secret recommendation',
              'secret owner',
              'secret label',
              'white-secret',
              'secret name',
            ])
              if (!(own && 'team' in event.data && event.data.team === own))
                expect(said).not.toContain(secret)
            const mine = own !== null && 'team' in event.data && event.data.team === own
            if (!mine) expect(said).not.toMatch(/secret-path|secret-hint|exitCode":137/)
            if (!mine && audience.seat !== 'observer') expect(said).not.toMatch(/"T\d{4}|"A01"|Attack title/)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a team does not learn of an attack before it is concluded, nor of those to come', () => {
    const run = runningRun()
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
    const blue: Audience = { seat: 'blue', team: 'meremaa' }
    const stream = streamFor([...run.ledger], blue)
    expect(JSON.stringify(stream)).not.toContain('wave-')
    expect(exerciseView(run.state, 60_000, blue).teams[0]?.attacks).toEqual([])
    const white = exerciseView(run.state, 60_000, { seat: 'white' }).teams.find((t) => t.id === 'meremaa')
    expect(white?.attacks.map((a) => a.state)).toEqual([
      'under-way',
      'planned',
      'planned',
      'planned',
      'planned',
    ])
  })

  test('evidence: the team itself and white; technique: observers too; guests: plain words', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-2', 'landed')
    seen(run, 'meremaa', 'tax/file', 'broken', 130_000)
    const show = (audience: Audience) => {
      const team = exerciseView(run.state, 130_000, audience).teams.find((t) => t.id === 'meremaa')
      const [attack] = team?.attacks ?? []
      const tax = team?.services.find((s) => s.id === 'tax')
      return [attack?.evidence !== null, attack?.technique, attack?.title.en, tax?.reason?.evidence !== null]
    }
    const publicText = madeScenario.weaknesses[1]?.publicText.en
    expect(show({ seat: 'blue', team: 'meremaa' })).toEqual([true, 'T1657', 'Attack title of wave-2', true])
    expect(show({ seat: 'observer' })).toEqual([false, 'T1657', 'Attack title of wave-2', false])
    expect(show({ seat: 'guest' })).toEqual([false, null, publicText, false])
    expect(show({ seat: 'blue', team: 'saareke' })).toEqual([false, null, publicText, false])
  })
})
