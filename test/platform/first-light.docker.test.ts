import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { openBlueTerminal } from './blue-terminal.ts'
import {
  dataFolder,
  type KilpProcess,
  removeLeft,
  runKilp,
  type SeatLink,
  startKilp,
  until,
} from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

/**
 * The whole path on real containers: two teams, the same attack twice. Estonia is taken over by a person who patches by hand between
 * the two; Japan does nothing. In the middle the platform is killed.
 */
const data = dataFolder()
const scenario = shortScenario(data.folder, {
  duration: '4m30s',
  pilots: ['swift', 'absent'],
  attacks: [
    { id: 'first', at: '20s', weakness: 'population/name-search-injection' },
    { id: 'again', at: '3m20s', weakness: 'population/name-search-injection' },
  ],
})
const ARGS = ['--scenario', scenario, '--speed', '2']
let kilp: KilpProcess
let seats: readonly SeatLink[]
let exerciseId: string
const token = (seat: string, team?: string) =>
  seats.find((s) => s.seat === seat && s.team === team)?.token ?? ''
const white = () => kilp.ledger(token('white'))
const containers = () =>
  execFileSync('docker', ['ps', '-aq', '--filter', `label=kilp=${exerciseId}`], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)

beforeAll(async () => {
  kilp = await startKilp(data.folder, ARGS)
  exerciseId = (await kilp.exercise()).id
  seats = await kilp.seats()
})

afterAll(async () => {
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  data.remove()
})

const find = (events: readonly Recorded[], type: Recorded['type'], team: string, attack?: string) =>
  events.find(
    (e) =>
      e.type === type &&
      'team' in e.data &&
      e.data.team === team &&
      (!attack || ('attack' in e.data && e.data.attack === attack)),
  )

describe('first light', () => {
  test('enclaves come up, isolation is proven from inside each, and the exercise runs', {
    timeout: 300_000,
  }, async () => {
    await until('running', 240_000, async () => (await kilp.exercise()).phase === 'running')
    const proofs = (await white()).flatMap((e) => (e.type === 'isolation.proven' ? [e.data] : []))
    expect(proofs.map((proof) => proof.team).sort()).toEqual(['estonia', 'japan'])
    for (const proof of proofs) {
      expect(proof.checks.length).toBeGreaterThan(3)
      expect(proof.checks.filter((check) => !check.ok)).toEqual([])
    }
  })

  test('a person takes the blue seat over and the pilot steps back', async () => {
    const reply = await kilp.command(token('blue', 'estonia'), 'change-pilot', {
      team: 'estonia',
      pilot: 'person',
    })
    expect(reply.body).toMatchObject({ ok: true })
    expect((await kilp.exercise()).teams.find((team) => team.id === 'estonia')?.pilot).toBe('person')
  })

  test('the first attack lands on both', async () => {
    await until('landed twice', 90_000, async () => {
      const events = await white()
      return (
        find(events, 'attack.landed', 'estonia', 'first') && find(events, 'attack.landed', 'japan', 'first')
      )
    })
  })

  test('a hand-made patch in the terminal closes the foothold', async () => {
    const hands = await openBlueTerminal(kilp.url, token('blue', 'estonia'), 'population')
    await hands.type('cd /srv/app && git status --short | wc -l', /^0\r?$/m)
    await hands.type(
      `sed -i "s/municipality = '\\\${municipality}'/municipality = '\\\${quoted(municipality)}'/" src/search.ts; git diff --stat; echo "edited"`,
      /1 file changed[\s\S]*edited/,
    )
    await hands.type('sv restart app', /ok: run: app/)
    hands.close()
    await until('foothold closed', 60_000, async () =>
      find(await white(), 'foothold.closed', 'estonia', 'first'),
    )
  })

  test('kill -9 loses no acknowledged event, and the next start goes on', async () => {
    const before = await white()
    const clock = (await kilp.exercise()).clock.exerciseMs
    await kilp.end('SIGKILL')
    kilp = await startKilp(data.folder, ARGS)
    expect((await kilp.exercise()).id).toBe(exerciseId)
    await until('running again', 60_000, async () =>
      (await white()).some((e) => e.type === 'platform.recovered'),
    )
    const after = await white()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.map((e) => e.position)).toEqual(after.map((_, i) => i + 1))
    const recovered = after.find((e) => e.type === 'platform.recovered')
    expect(recovered?.at).toBeGreaterThanOrEqual(clock - 2_500)
    expect(recovered?.at).toBeLessThanOrEqual(clock + 10_000)
    // Join links of before the crash still work.
    expect(await kilp.ledger(token('guest'))).not.toHaveLength(0)
  })

  test('the same attack is now blocked for the team that patched, and lands on the other', {
    timeout: 240_000,
  }, async () => {
    const events = await until('second attack concluded', 220_000, async () => {
      const all = await white()
      return find(all, 'attack.blocked', 'estonia', 'again') && find(all, 'attack.landed', 'japan', 'again')
        ? all
        : null
    })
    expect(find(events, 'attack.blocked', 'estonia', 'again')?.data).toMatchObject({ cause: 'defended' })
    expect(events.filter((e) => e.type === 'attack.landed' && e.data.team === 'estonia')).toHaveLength(1)
  })

  test('the outcome tells them apart', { timeout: 240_000 }, async () => {
    await until('ended', 220_000, async () => (await kilp.exercise()).phase === 'ended')
    const [estonia, japan] = ['estonia', 'japan'].map((id) =>
      kilp.exercise().then((e) => e.teams.find((team) => team.id === id)),
    )
    const [ee, jp] = [await estonia, await japan]
    // All of it, but for moments in which this machine was too busy to look: those count for nobody, and on a slow machine they may be many.
    expect(ee?.score.possible).toBeGreaterThan(4_000)
    expect(ee?.score.possible).toBeLessThanOrEqual(10_000)
    expect((ee?.score.total ?? 0) - (jp?.score.total ?? 0)).toBeGreaterThan(1_500)
    expect(kilp.said()).toMatch(/The exercise has ended/)
  })

  test('another team’s token opens nothing of this team, and a terminal of another is refused', async () => {
    const reply = await kilp.command(token('blue', 'japan'), 'take-hint', {
      team: 'estonia',
      weakness: 'population-1',
      level: 1,
    })
    expect(reply.status).toBe(403)
    const own = await kilp.ledger(token('blue', 'japan'))
    expect(JSON.stringify(own)).not.toContain('name-search-injection')
    expect(own.some((e) => e.type === 'terminal.opened' && e.data.team === 'estonia')).toBe(false)
  })

  test('stopping after the end removes every container; status then says that nothing runs', async () => {
    expect(containers().length).toBeGreaterThan(0)
    expect(await kilp.end('SIGTERM')).toBe(0)
    expect(containers()).toEqual([])
    const status = await runKilp(data.folder, ['status'])
    expect(status.code).toBe(1)
    expect(status.stderr).toMatch(/No Kilp runs/)
  })
})
