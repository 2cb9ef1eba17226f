import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { evolve, fold } from '#exercise/fold/evolve.ts'
import { serviceOf, teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import type { WallPage, WallScene } from '#exercise/scenario/wall-scene.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { seriesFor } from '#exercise/views/frozen.ts'
import { inboxView } from '#exercise/views/inbox-view.ts'
import { IDLE_MS, needsView } from '#exercise/views/needs-view.ts'
import { publicExercise } from '#exercise/views/public-exercise.ts'
import { sentMessages } from '#exercise/views/sent-messages.ts'
import { noLosses, sampledBefore } from '#exercise/views/series.ts'
import { blue, white } from '../kit/actors.ts'
import { attack, livedInScenario, madeScenario, madeTeams, peopledScenario } from './made-scenario.ts'
import { attacked, finish, fixed, look, type Run, readyRun, runningRun, seen } from './run.ts'

const team = 'meremaa'
const other = 'saareke'
const message = { message: 'm1', teams: null, guests: false, text: 'Lunch is at noon.', wantsRead: true }
const as = (run: Run, audience: Audience) =>
  fold(run.ledger.flatMap((event) => redact(event, audience) ?? []))

describe('[SC25] what white does to a service', () => {
  const act = (run: Run, action: 'restart' | 'revert', at: number, seenActs = 0) =>
    run.give('act-on-service', { team, service: 'tax', action, seen: seenActs }, at, white())
  const done = (run: Run, number: number, at: number, ok = true) =>
    run.give('report-act', { team, act: number, ok, reason: ok ? '' : 'no space left' }, at)
  const defence = (run: Run, at: number) => scoreAt(run.state, team, at).categories.defence.points

  test('a revert costs points of defence, a restart none, and neither takes more than there is', () => {
    const run = runningRun()
    attacked(run, team, 'wave-1', 'defended')
    const before = defence(run, 70_000)
    act(run, 'restart', 70_000)
    done(run, 1, 75_000)
    expect(defence(run, 75_000)).toBe(before)
    act(run, 'revert', 80_000, 1)
    expect(defence(run, 80_000)).toBe(before - 50)
    const line = explain(run.state, team, 80_000).find(({ code }) => code === 'defence.revert')
    expect(line).toMatchObject({ points: -50, possible: 0, rule: 'SC25', service: 'tax' })
    const bare = runningRun()
    act(bare, 'revert', 10_000)
    expect(defence(bare, 10_000)).toBe(0)
  })

  test('costs what the scenario says', () => {
    const run = runningRun({ ...madeScenario, scoring: { ...madeScenario.scoring, revertCost: 7 } })
    expect(act(run, 'revert', 10_000)).toMatchObject([{ data: { cost: 7 } }])
  })

  test('closes its terminals with a reason, and only its own', () => {
    const run = runningRun()
    run.give('open-terminal', { team, service: 'tax', terminal: 't1' }, 10_000, blue(team))
    run.give('open-terminal', { team, service: 'portal', terminal: 't2' }, 10_000, blue(team))
    expect(act(run, 'revert', 20_000)).toMatchObject([
      { type: 'terminal.closed', data: { terminal: 't1', reason: 'reverted' } },
      { type: 'service.acted' },
    ])
    expect(teamOf(run.state, team)?.terminals.map(({ terminal }) => terminal)).toEqual(['t2'])
  })

  test('until it is over the service has no verdict, and no second act is taken', () => {
    const run = runningRun()
    act(run, 'revert', 20_000)
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'died', exitCode: 137, oom: false },
      20_500,
    )
    expect(serviceOf(teamOf(run.state, team), 'tax')?.verdict).toBe('unknown')
    const again = { team, service: 'tax', action: 'restart', seen: 1 } as const
    expect(run.refused('act-on-service', again, 21_000).code).toBe('service-interrupted')
    expect(run.refused('act-on-service', { ...again, seen: 0 }, 21_000).code).toBe('no-longer-so')
    done(run, 1, 30_000)
    expect(serviceOf(teamOf(run.state, team), 'tax')).toMatchObject({
      containerDown: false,
      hit: 0,
      touched: 0,
    })
    expect(done(run, 1, 31_000)).toEqual([])
  })

  test('a death that it causes is told by the act alone: no crash in the story, no alarm at the service, also where word of it is late', () => {
    const died = (run: Run, service: string, at: number) =>
      run.give('report-container', { team, service, happened: 'died', exitCode: 137, oom: false }, at)
    const codes = (run: Run, at: number) =>
      exerciseView(run.state, at, { seat: 'blue', team }).story.map(({ code, tone }) => `${code} ${tone}`)
    const viewOf = (run: Run, service: string, at: number) =>
      exerciseView(run.state, at, { seat: 'blue', team })
        .teams.find(({ id }) => id === team)
        ?.services.find(({ id }) => id === service)
    const run = runningRun()
    act(run, 'restart', 20_000)
    died(run, 'tax', 20_500)
    expect(viewOf(run, 'tax', 20_600)?.containerDown).toBe(false)
    done(run, 1, 25_000)
    died(run, 'tax', 26_000)
    expect(codes(run, 26_000)).toContain('story.service.restart warning')
    expect(codes(run, 26_000)).not.toContain('story.container.died bad')
    // Later it is the team's own again.
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'started', exitCode: 0, oom: false },
      27_000,
    )
    died(run, 'tax', 40_000)
    expect(codes(run, 40_000)).toContain('story.container.died bad')
    expect(viewOf(run, 'tax', 40_000)?.containerDown).toBe(true)
  })

  test('what dies because what it needs is restarted is told so, and is no alarm', () => {
    const run = runningRun()
    run.give('act-on-service', { team, service: 'registry-db', action: 'restart', seen: 0 }, 20_000, white())
    run.give('report-container', { team, service: 'tax', happened: 'died', exitCode: 1, oom: false }, 21_000)
    const view = exerciseView(run.state, 21_000, { seat: 'blue', team })
    expect(view.story.at(-1)).toMatchObject({
      code: 'story.container.stopped-with',
      tone: 'neutral',
      service: 'tax',
    })
    const tax = view.teams.find(({ id }) => id === team)?.services.find(({ id }) => id === 'tax')
    expect(tax?.containerDown).toBe(false)
  })

  test('one that fails is told, with its reason for white alone', () => {
    const run = runningRun()
    act(run, 'revert', 20_000)
    done(run, 1, 30_000, false)
    expect(teamOf(run.state, team)?.acts[0]).toMatchObject({ ok: false, reason: 'no space left' })
    expect(teamOf(as(run, { seat: 'blue', team }), team)?.acts[0]).toMatchObject({
      ok: false,
      reason: '',
      by: null,
    })
    expect(exerciseView(run.state, 30_000, { seat: 'guest' }).story.at(-1)?.code).toBe(
      'story.service.act-failed',
    )
  })

  test('its time is no part of a recovery, so that white can not cost a team more than the price', () => {
    const lost = (hit: boolean) => {
      const attacks = [attack('wave-2', 'tax/refund-iban', 40_000)]
      const scoring = { ...madeScenario.scoring, revertCost: 0 }
      const run = runningRun({ ...madeScenario, attacks, scoring })
      attacked(run, team, 'wave-2', 'landed', 50_000)
      if (hit) act(run, 'revert', 60_000)
      if (hit) done(run, 1, 90_000)
      const at = hit ? 100_000 : 70_000
      for (const journey of ['alive', 'file', 'refund', 'history'])
        seen(run, team, `tax/${journey}`, 'up', at)
      fixed(run, team, 'wave-2', at)
      const { defence: kept, recovery } = scoreAt(run.state, team, at).categories
      return [kept.points, recovery.points]
    }
    expect(lost(true)).toEqual(lost(false))
  })
})

describe('messages of white', () => {
  test('come to the inbox as a notice of exercise control, once, and white sees who has read them', () => {
    const run = runningRun()
    run.give('send-message', message, 10_000, white())
    expect(run.give('send-message', { ...message, guests: true }, 20_000, white())).toEqual([])
    const [item] = inboxView(run.state, 20_000, team, { seat: 'blue', team })
    expect(item).toMatchObject({
      standing: 'notice',
      info: { text: { et: 'Lunch is at noon.' }, from: { en: 'Exercise control' }, wantsRead: true },
    })
    run.give('read-inject', { team, inject: item?.inject ?? '' }, 30_000, blue(team))
    expect(sentMessages(run.state)).toMatchObject([
      {
        message: 'm1',
        text: 'Lunch is at noon.',
        guests: false,
        teams: [
          { team, readMs: 30_000 },
          { team: other, readMs: null },
          { team: 'laanemets', readMs: null },
        ],
      },
    ])
  })

  test('to one team are read by that team and nobody else', () => {
    const run = runningRun()
    run.give('send-message', { ...message, teams: [team] }, 10_000, white())
    expect(teamOf(run.state, other)?.injects).toEqual([])
    const others = [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'blue', team: other }] as const
    for (const audience of others) {
      const ledger = JSON.stringify(run.ledger.map((event) => redact(event, audience)))
      expect(ledger).not.toContain('Lunch')
    }
  })

  test('to guests are a line for everybody, without who wrote it', () => {
    const run = runningRun()
    run.give('send-message', { ...message, teams: [], guests: true }, 10_000, white('w-secret'))
    expect(as(run, { seat: 'guest' }).told).toMatchObject([{ text: 'Lunch is at noon.', atMs: 10_000 }])
    expect(JSON.stringify(run.ledger.map((event) => redact(event, { seat: 'guest' })))).not.toContain(
      'w-secret',
    )
    expect(sentMessages(run.state)).toMatchObject([{ guests: true, teams: [] }])
  })

  test.each([
    ['nothing to say', { text: ' \n ' }, 'message-empty'],
    ['too much', { text: 'x'.repeat(2_001) }, 'message-empty'],
    ['too much for a wall', { text: 'x'.repeat(301), guests: true }, 'message-empty'],
    ['nobody', { teams: [] }, 'message-to-nobody'],
    ['no such team', { teams: ['atlantis'] }, 'unknown-team'],
  ])('are refused with %s', (_, change, code) => {
    expect(runningRun().refused('send-message', { ...message, ...change }, 10_000).code).toBe(code)
  })

  test('earn and cost nothing', () => {
    const [told, not] = [runningRun(peopledScenario), runningRun(peopledScenario)]
    told.give('send-message', message, 10_000, white())
    expect(scoreAt(told.state, team, 300_000)).toEqual(scoreAt(not.state, team, 300_000))
  })
})

describe('[NV8] what all walls show', () => {
  const set = (run: Run, scene: WallScene | null, at: number) =>
    run.give('set-wall-scene', { scene }, at, white())

  test('is the same for all who watch, who learn nothing of whoever said so, and is no news', () => {
    const run = runningRun()
    const news = run.state.story.length
    set(run, 'story', 10_000)
    expect(set(run, 'story', 11_000)).toEqual([])
    for (const audience of [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'blue', team }] as const) {
      expect(as(run, audience)).toMatchObject({ wallScene: 'story', story: { length: news } })
      const told = run.ledger.flatMap((event) => redact(event, audience) ?? []).at(-1)
      expect(told).toMatchObject({ type: 'wall.scene-set', data: { scene: 'story', by: null } })
    }
    set(run, null, 12_000)
    expect(run.state.wallScene).toBeNull()
  })

  test('is said before the start, too, and after the end', () => {
    const run = readyRun()
    set(run, 'day', 0)
    run.give('start-exercise', {}, 0, white())
    finish(run)
    set(run, 'countries', run.state.atMs)
    expect(run.state.wallScene).toBe('countries')
  })

  test('scores nothing', () => {
    const [one, other] = [runningRun(), runningRun()]
    set(one, 'flow', 10_000)
    expect(scoreAt(one.state, team, 60_000)).toEqual(scoreAt(other.state, team, 60_000))
  })
})

describe('[NV8] a page of a team on all walls', () => {
  const page = { team, service: 'portal', path: '/notices?n=1', lang: 'et' } as const
  const set = (run: Run, to: WallPage | null, at = 10_000) =>
    run.give('set-wall-page', { page: to }, at, white())

  test('is the same for all who watch, until it is taken off, and no news', () => {
    const run = runningRun()
    const news = run.state.story.length
    set(run, page)
    expect(set(run, page)).toEqual([])
    for (const audience of [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'blue', team }] as const) {
      expect(as(run, audience)).toMatchObject({ wallPage: page, story: { length: news } })
      const told = run.ledger.flatMap((event) => redact(event, audience) ?? []).at(-1)
      expect(told).toMatchObject({ type: 'wall.page-set', data: { page, by: null } })
    }
    set(run, null)
    expect(run.state).toMatchObject({ wallPage: null, wallPageEnd: null })
    expect(set(run, null)).toEqual([])
  })

  test('is a page of one of the exercise’s services, while there are enclaves', () => {
    const run = runningRun()
    const code = (to: WallPage) => run.refused('set-wall-page', { page: to }, undefined, white()).code
    expect(code({ ...page, team: 'nobody' })).toBe('unknown-team')
    expect(code({ ...page, service: 'no-such' })).toBe('unknown-service')
    for (const path of [
      '',
      'notices',
      '//evil.example/',
      '/\\evil.example',
      '/a b',
      '/õ',
      `/${'x'.repeat(300)}`,
    ])
      expect(code({ ...page, path })).toBe('bad-page-path')
    finish(run)
    expect(code(page)).toBe('no-page-now')
  })

  test('goes by itself where it is none, and no other page with it', () => {
    const run = runningRun()
    set(run, page)
    const drop = (of: WallPage) => run.give('drop-wall-page', { page: of, reason: 'no-page' })
    expect(drop({ ...page, path: '/' })).toEqual([])
    expect(drop(page)).toMatchObject([{ type: 'wall.page-set', data: { page: null, reason: 'no-page' } }])
    expect(run.state).toMatchObject({ wallPage: null, wallPageEnd: 'no-page' })
    set(run, page)
    expect(run.state.wallPageEnd).toBeNull()
  })

  test('is white’s to choose, and the platform’s alone to drop', () => {
    const set = { type: 'set-wall-page', data: { page } } as const
    const drop = { type: 'drop-wall-page', data: { page, reason: 'no-page' } } as const
    expect([mayCommand('white', null, set), mayCommand('white', null, drop) === true]).toEqual([true, false])
    for (const seat of ['blue', 'observer', 'guest'] as const)
      for (const command of [set, drop]) expect(mayCommand(seat, team, command)).not.toBe(true)
  })
})

describe('standings that are held back', () => {
  const frozen = () => {
    const run = runningRun()
    run.give('freeze-standings', {}, 50_000, white())
    attacked(run, team, 'wave-1', 'landed')
    attacked(run, other, 'wave-1', 'defended')
    return run
  }
  const shown = (run: Run, audience: Audience) =>
    exerciseView(run.state, 100_000, audience).teams.map(
      ({ id, rank, score }) => `${rank} ${id} ${score.total}`,
    )

  test('of another team nobody reads that its points were adjusted, until all is shown again; of its own a team does', () => {
    const run = frozen()
    const adjust = { category: 'defence', points: 40, reason: 'Well reported.', seen: 0 } as const
    run.give('adjust-score', { team: other, ...adjust }, 80_000, white())
    const reads = (audience: Audience) => {
      const codes = exerciseView(run.state, 100_000, audience).story.map(({ code }) => code)
      // From its own stream it is the same.
      expect(exerciseView(as(run, audience), 100_000, audience).story.map(({ code }) => code)).toEqual(codes)
      return codes.includes('story.score.adjusted')
    }
    expect([reads({ seat: 'guest' }), reads({ seat: 'blue', team })]).toEqual([false, false])
    expect([
      reads({ seat: 'blue', team: other }),
      reads({ seat: 'observer' }),
      reads({ seat: 'white' }),
    ]).toEqual([true, true, true])
    run.give('reveal-standings', {}, 90_000, white())
    expect([reads({ seat: 'guest' }), reads({ seat: 'blue', team })]).toEqual([true, true])
  })

  test('guests and teams see those of that moment, white and observers those of now', () => {
    const run = frozen()
    const then = scoreAt(runningRun().state, team, 50_000)
    for (const audience of [{ seat: 'guest' }, { seat: 'blue', team }] as const) {
      const view = exerciseView(run.state, 100_000, audience)
      expect(view.frozenMs).toBe(50_000)
      expect(view.teams.map(({ rank, score }) => ({ rank, score }))).toEqual(
        madeTeams.map(() => ({ rank: 1, score: then })),
      )
    }
    const live = shown(run, { seat: 'white' })
    expect(live).toEqual(shown(run, { seat: 'observer' }))
    expect(live.at(-1)).toContain(team)
    expect(publicExercise(run.state, 100_000)).toMatchObject({ frozenMs: 50_000 })
    expect(publicExercise(run.state, 100_000).teams[0]?.score).toEqual(then)
  })

  test('also from their own streams, and until they are shown again, after the end too', () => {
    const run = frozen()
    const guest = { seat: 'guest' } as const
    expect(exerciseView(as(run, guest), 100_000, guest)).toEqual(exerciseView(run.state, 100_000, guest))
    run.give('end-exercise', { reason: 'enough' }, 200_000, white())
    expect(exerciseView(run.state, 200_000, guest).frozenMs).toBe(50_000)
    run.give('reveal-standings', {}, 200_000, white())
    expect(exerciseView(run.state, 200_000, guest).frozenMs).toBeUndefined()
    expect(shown(run, guest)).toEqual(shown(run, { seat: 'white' }))
  })

  test('the curve of guests stops there, and nothing of later is in it', () => {
    const run = frozen()
    let state = run.state
    let losses = noLosses(10_000)
    state = fold([])
    for (const event of run.ledger) {
      losses = sampledBefore(losses, state, event)
      state = evolve(state, event)
    }
    const guests = seriesFor(losses, state, 100_000, { seat: 'guest' })
    expect(guests.timesMs).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000])
    expect(guests.teams.flatMap(({ lost }) => lost).filter((lost) => lost !== 0)).toEqual([])
    expect(seriesFor(losses, state, 100_000, { seat: 'white' }).timesMs.at(-1)).toBe(100_000)
  })

  test('change no score', () => {
    const run = runningRun()
    attacked(run, team, 'wave-1', 'landed')
    attacked(run, other, 'wave-1', 'defended')
    expect(scoreAt(frozen().state, team, 100_000)).toEqual(scoreAt(run.state, team, 100_000))
  })
})

describe('who needs white', () => {
  const needs = (run: Run, atMs: number, of = team) =>
    needsView(run.state, atMs).find((one) => one.team === of)

  test('nobody where all is well', () => {
    expect(needsView(runningRun().state, 10_000).map(({ standing }) => standing)).toEqual([
      'calm',
      'calm',
      'calm',
    ])
  })

  test('a team with several kinds of trouble drowns, and stands first, each with why and since when', () => {
    const run = runningRun(livedInScenario)
    attacked(run, other, 'wave-1', 'landed')
    seen(run, other, 'tax/file', 'broken', 70_000)
    run.give(
      'report-visit',
      { team: other, persona: 'worker', service: 'tax', journey: 'file', ...look('broken') },
      70_000,
    )
    expect(needs(run, 80_000, other)?.standing).toBe('busy')
    const [first] = needsView(run.state, 120_000)
    expect(first).toMatchObject({
      team: other,
      standing: 'drowns',
      needs: [
        { kind: 'foothold', count: 1, sinceMs: 60_000 },
        { kind: 'service', count: 1, sinceMs: 70_000 },
        { kind: 'complaint', count: 1, sinceMs: 100_000 },
      ],
    })
  })

  test('people who do nothing while something waits idle; not a machine, nor whoever has a terminal open', () => {
    const run = runningRun(peopledScenario)
    run.give('change-pilot', { team, pilot: 'person' }, 5_000, blue(team))
    run.give('send-inject', { team, inject: 'press-asks' }, 10_000)
    run.give('send-inject', { team: other, inject: 'press-asks' }, 10_000)
    run.give('read-inject', { team, inject: 'press-asks' }, 20_000, blue(team))
    expect(needs(run, 20_000 + IDLE_MS - 1)?.standing).not.toBe('idles')
    expect(needs(run, 20_000 + IDLE_MS)).toMatchObject({
      standing: 'idles',
      needs: [{ kind: 'message' }, { kind: 'idle', count: 1, sinceMs: 20_000 }],
    })
    expect(needs(run, 20_000 + IDLE_MS, other)?.standing).not.toBe('idles')
    run.give('open-terminal', { team, service: 'tax', terminal: 't1' }, 21_000, blue(team))
    expect(needs(run, 20_000 + IDLE_MS)?.standing).not.toBe('idles')
  })
})

describe('notes', () => {
  test('say which team and entry they are about, for white alone', () => {
    const run = runningRun()
    const about = { team, entry: { kind: 'attack', id: 'wave-1' } } as const
    run.give('add-note', { text: 'Slow here.', about }, 10_000, white())
    expect(run.state.notes).toMatchObject([{ text: 'Slow here.', about }])
    expect(redact(run.ledger.at(-1) ?? ({} as never), { seat: 'observer' })).toBeNull()
    // The same words about something else are another note.
    run.give('add-note', { text: 'Slow here.' }, 10_000, white())
    expect(run.state.notes).toHaveLength(2)
    expect(run.refused('add-note', { text: 'x', about: { team: 'atlantis', entry: null } }).code).toBe(
      'unknown-team',
    )
    expect(
      run.refused('add-note', { text: 'x', about: { team: null, entry: { kind: 'world', id: 'no' } } }).code,
    ).toBe('unknown-entry')
  })
})

test('why an exercise ended stays to be read', () => {
  const run = runningRun()
  run.give('end-exercise', { reason: 'The ministry calls.' }, 10_000, white())
  expect(as(run, { seat: 'guest' }).endReason).toBe('The ministry calls.')
})
