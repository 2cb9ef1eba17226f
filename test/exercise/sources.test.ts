import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { VERIFY_EVERY_MS, verifyInMs } from '#exercise/decide/decide-source.ts'
import { mayEdit } from '#exercise/decide/typing.ts'
import { type State, serviceOf, teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { isSourcePath } from '#exercise/scenario/source-path.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { looksSince } from '../../server/engine/looks-since.ts'
import type { SourceText } from '../../server/engine/ports/sources.ts'
import { openRecords } from '../../server/engine/runner/records.ts'
import { fileOf, treeOf } from '../../server/engine/source-tree.ts'
import { blue, white } from '../kit/actors.ts'
import { attacked, finish, fixed, type Run, readyRun, runningRun } from './run.ts'
import { broadScenario, countBy, manyTeams, oneMachine, running, simulate } from './schedule-run.ts'

const team = 'meremaa'
const restart = (run: Run, at?: number) =>
  run.give('restart-app', { team, service: 'tax', ok: true }, at, blue(team))

describe('paths of sources', () => {
  test.each(['main.ts', 'a/b/c.sql', 'page-routes.ts', '_x.ts'])('%s may be edited', (path) =>
    expect(isSourcePath(path)).toBe(true),
  )
  test.each([
    ...['', '/', '/etc/passwd', '../x', 'a/../b', 'a//b', 'a/', './a', '.git/config', 'a\\b', 'a\nb'],
    ...[
      'a/./b',
      'a\0b',
      '-rf',
      'a b',
      'ä.ts',
      'x'.repeat(201),
      'a/b/c/d/e/f/g/h/i',
      '~/x',
      '$(x)',
      'a\u202eb',
    ],
  ])('%j may not', (path) => expect(isSourcePath(path)).toBe(false))
})

test('the tree tells what differs from the start, and what can not be edited', () => {
  const text = (of: string) => ({ bytes: of.length, text: of })
  const start = new Map(['same', 'other', 'gone'].map((path) => [path, text('a')]))
  const now = new Map<string, SourceText>([
    ['same', text('a')],
    ['other', text('b')],
    ['new', text('n')],
    ['blob', { bytes: 9, text: null }],
    ['.hidden', text('h')],
  ])
  const { files } = treeOf({ now, start, cut: false })
  expect(files.map(({ path, change, locked }) => `${path} ${change}${locked ? ' locked' : ''}`)).toEqual([
    '.hidden added locked',
    'blob added locked',
    'gone deleted',
    'new added',
    'other changed',
    'same none',
  ])
  // Files that push the others out of what is read do not make them deleted.
  expect(treeOf({ now, start, cut: true }).files.some(({ change }) => change === 'deleted')).toBe(false)
  expect(fileOf({ now, start, cut: false }, 'gone')).toEqual({ text: null, hash: null, start: 'a' })
  expect(fileOf({ now, start, cut: false }, 'blob')).toBeNull()
})

describe('who may edit', () => {
  test('a team its own, white any, nobody else', () => {
    const command = { type: 'save-source', data: { team, service: 'tax', file: 'a', gone: false } } as const
    expect(mayCommand('blue', team, command)).toBe(true)
    expect(mayCommand('white', null, command)).toBe(true)
    expect(mayCommand('blue', 'other', command)).not.toBe(true)
    for (const seat of ['observer', 'guest'] as const) expect(mayCommand(seat, null, command)).not.toBe(true)
  })

  test('while time stands still a team reads, and may change again where it may type; after the end nobody changes', () => {
    const run = readyRun()
    expect([mayEdit(run.state, 'blue'), mayEdit(run.state, 'white')]).toEqual([false, true])
    run.give('start-exercise', {})
    expect(mayEdit(run.state, 'blue')).toBe(true)
    run.give('pause-exercise', { reason: '' }, 1_000, white())
    expect(mayEdit(run.state, 'blue')).toBe(false)
    run.give('change-preparation', { open: true }, 1_000, white())
    expect(mayEdit(run.state, 'blue')).toBe(true)
    run.give('resume-exercise', {}, 1_000, white())
    finish(run)
    expect([mayEdit(run.state, 'blue'), mayEdit(run.state, 'white')]).toEqual([false, false])
  })
})

describe('what was changed', () => {
  test('is a fact with a name that the team and white read, and nobody else', () => {
    const run = runningRun()
    run.give('save-source', { team, service: 'tax', file: 'iban.ts', gone: false }, 2_000, blue(team))
    restart(run, 3_000)
    run.give('save-source', { team, service: 'tax', file: 'old.ts', gone: true }, 4_000, white())
    expect(teamOf(run.state, team)?.edits).toMatchObject([
      { kind: 'saved', file: 'iban.ts', service: 'tax', atMs: 2_000, by: blue(team) },
      { kind: 'restarted', atMs: 3_000 },
      { kind: 'deleted', file: 'old.ts', by: white() },
    ])
    const audiences: readonly Audience[] = [
      { seat: 'guest' },
      { seat: 'observer' },
      { seat: 'blue', team: run.state.teams.find(({ id }) => id !== team)?.id ?? '' },
    ]
    const own = run.ledger.filter(({ type }) => type === 'source.saved' || type === 'app.restarted')
    expect(own).toHaveLength(3)
    for (const event of own) {
      for (const audience of audiences) expect(redact(event, audience)).toBeNull()
      expect(redact(event, { seat: 'blue', team })).toEqual(event)
    }
  })

  test('names no path that leads out', () => {
    const run = runningRun()
    const data = { team, service: 'tax', file: '../../etc/passwd', gone: false }
    expect(run.refused('save-source', data).code).toBe('bad-source-path')
  })
})

describe('[SC27] restart and verify', () => {
  const wantedNow = (run: Run, book: ReturnType<typeof openRecords>, atMs: number) =>
    wanted(run.state, book.records, { atMs, wallMs: atMs })
  /** Everything that is due was looked at, at a moment. */
  const lookAtAll = (run: Run, book: ReturnType<typeof openRecords>, atMs: number) => {
    for (const one of wantedNow(run, book, atMs)) {
      book.began(one, { atMs, wallMs: atMs }, run.state.position, 1)
      book.ended(one, { atMs, wallMs: atMs }, { good: true })
    }
  }
  const tax = (list: ReturnType<typeof wanted>) =>
    list.filter(
      ({ task }) =>
        'service' in task && task.team === team && task.service === 'tax' && task.kind !== 'visit',
    )

  test('brings each journey of the service once more, within two seconds and at no certain moment', () => {
    const run = runningRun()
    const book = openRecords()
    lookAtAll(run, book, 0)
    restart(run, 100)
    expect(tax(wantedNow(run, book, 100))).toEqual([])
    const moments = new Set(tax(wantedNow(run, book, 2_100)).map(({ dueMs }) => dueMs))
    const count = serviceOf(teamOf(run.state, team), 'tax')?.journeys.length ?? 0
    expect(tax(wantedNow(run, book, 2_100))).toHaveLength(count)
    expect(moments.size).toBe(count)
    for (const moment of moments) expect(moment).toBeGreaterThan(100)
    lookAtAll(run, book, 2_100)
    expect(tax(wantedNow(run, book, 2_200))).toEqual([])
    const others = wantedNow(run, book, 2_100).filter(({ team: of }) => of !== null && of !== team)
    expect(others.every(({ task }) => task.kind === 'visit')).toBe(true)
  })

  test('brings a look at an open foothold, and says of attacks only what has landed', () => {
    const run = runningRun()
    const attack = run.state.scenario.attacks.find(({ weakness }) => weakness.startsWith('tax/'))
    if (!attack) throw new Error('no attack on tax')
    attacked(run, team, attack.id, 'landed')
    const at = run.state.atMs
    const book = openRecords()
    const key = `foothold/${team}/${attack.id}`
    lookAtAll(run, book, at + 10_000)
    restart(run, at + 10_100)
    const looks = () => looksSince(run.state, book.records, { team, service: 'tax' })
    expect(looks().attacks).toEqual([{ attack: attack.id, looked: false }])
    const foothold = wantedNow(run, book, at + 12_200).find((one) => one.key === key)
    expect(foothold?.dueMs).toBeLessThanOrEqual(at + 12_100)
    lookAtAll(run, book, at + 12_200)
    expect(looks().attacks).toEqual([{ attack: attack.id, looked: true }])
    // The service went down with the restart: out since before it was up again.
    fixed(run, team, attack.id, at + 12_300, at + 10_050)
    expect(looks().attacks).toEqual([{ attack: attack.id, looked: true }])
    // What lands after the restart says nothing about it.
    const later = runningRun()
    restart(later, later.state.atMs + 100)
    attacked(later, team, attack.id, 'landed')
    expect(looksSince(later.state, book.records, { team, service: 'tax' }).attacks).toEqual([])
    // Under way, and of no business of the team's: not spoken of.
    const other = runningRun()
    other.give('launch-attack', { team, attack: attack.id }, at)
    restart(other, at)
    expect(looksSince(other.state, book.records, { team, service: 'tax' }).attacks).toEqual([])
  })

  test('comes once in ten seconds of exercise time for a service, and waits for nothing while time stands still', () => {
    const run = runningRun()
    expect(verifyInMs(run.state, team, 'tax', 500)).toBe(0)
    restart(run, 1_000)
    expect(verifyInMs(run.state, team, 'tax', 1_500)).toBe(VERIFY_EVERY_MS - 500)
    expect(verifyInMs(run.state, team, 'portal', 1_500)).toBe(0)
    expect(verifyInMs(run.state, team, 'tax', 11_000)).toBe(0)
    run.give('pause-exercise', { reason: '' }, 2_000, white())
    expect(verifyInMs(run.state, team, 'tax', 2_000)).toBe(0)
  })

  test('asked for without end moves no point', () => {
    const [quiet, busy] = [runningRun(), runningRun()]
    for (let at = 10_000; at < 100_000; at += 10_000) restart(busy, at)
    expect(scoreAt(busy.state, team, 100_000)).toEqual(scoreAt(quiet.state, team, 100_000))
  })

  test('of a team that asks for all it has, as often as it may, takes no look from the others', () => {
    const teams = manyTeams(4)
    const state = running(broadScenario(6, 3, 30_000), teams)
    /** Looks at each team, on a machine that carries far more than is wanted and on one that is too slow for it. */
    const perTeam = (of: State | ((atMs: number) => State), costMs: number) =>
      countBy(
        simulate({ state: of, capacity: oneMachine(teams, 2), ms: 300_000, costMs: () => costMs }),
        ({ one }) => `${one.team} ${one.lane}`,
      )
    const greedy = (atMs: number): State => {
      const n = Math.floor(atMs / VERIFY_EVERY_MS) + 1
      const asked = { position: state.position + n, atMs: (n - 1) * VERIFY_EVERY_MS }
      const [first, ...others] = state.teams
      if (!first) return state
      const services = first.services.map((service) => ({ ...service, asked }))
      return { ...state, position: asked.position, teams: [{ ...first, services }, ...others] }
    }
    for (const costMs of [200, 1_500]) {
      const [usual, flooded] = [perTeam(state, costMs), perTeam(greedy, costMs)]
      for (const { id } of teams.slice(1))
        for (const lane of ['full', 'light'])
          expect(flooded.get(`${id} ${lane}`)).toBeGreaterThanOrEqual(
            0.95 * (usual.get(`${id} ${lane}`) ?? 0),
          )
      // It gets what nobody else wants.
      if (costMs === 200) expect(flooded.get('t0 full')).toBeGreaterThan(usual.get('t0 full') ?? 0)
    }
  })
})
