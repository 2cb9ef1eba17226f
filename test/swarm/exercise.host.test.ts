import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evolve } from '../../server/exercise/fold/evolve.ts'
import { initialState, type State } from '../../server/exercise/fold/state.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { EventType, Recorded, RecordedOf } from '../../server/exercise/ledger/events.ts'
import { nationalView } from '../../server/exercise/views/national-view.ts'
import { publicExercise } from '../../server/exercise/views/public-exercise.ts'
import { engineOf } from '../../server/lab/engine-process.ts'
import { makeLab, plug, powerOff } from '../../server/lab/lab.ts'
import { ownRoutes } from '../../server/lab/machine.ts'
import { chooseNetwork } from '../../server/lab/network.ts'
import { type LabNode, nodeOf, planLab } from '../../server/lab/plan.ts'
import { removeLab } from '../../server/lab/remove.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside } from '../../server/range/images/base-image.ts'
import { ensureImages } from '../../server/range/images/images.ts'
import { spreadImages } from '../../server/range/swarm/spread.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { openStore } from '../../server/store/store.ts'
import { engine as ownEngine } from '../range/fixtures/open.ts'
import { infra } from '../range/fixtures/spec.ts'
import { type LabPlatform, startPlatform } from './platform.ts'
import { sixTeams, TEAMS } from './six-teams.ts'

const SPEED = 10
/** Sources are saved once a minute, wall time. */
const SAVED_WITHIN_MS = 70_000
const CHANGED = 'tax'
/** Pilots draw their own luck, and a full machine is slow for one more than for another. */
const SLACK = 0.05
const MARK = '// ours, and kept'

const folder = resolve(import.meta.dirname, `../../.kilp/lab-exercise-${process.pid}`)
const wait = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

describe.skipIf(process.env.KILP_SWARM !== 'exercise')('an exercise of six teams on three machines', () => {
  let platform: LabPlatform
  let ledger: readonly Recorded[]
  /** Teams whose own line stands in their sources on the machine that they were moved to. */
  let kept: readonly string[]
  /** Teams by node as they were placed. */
  const teamsOn: Record<string, readonly string[]> = {}
  const all = <T extends EventType>(type: T) =>
    ledger.filter((event): event is RecordedOf<T> => event.type === type)

  beforeAll(async () => {
    const plan = planLab(folder, chooseNetwork(undefined, null, await ownRoutes()), 3)
    const [n1, n2, n3] = [nodeOf(plan, 'n1'), nodeOf(plan, 'n2'), nodeOf(plan, 'n3')]
    await makeLab(plan, () => {})
    const scenario = sixTeams(join(folder, 'six-teams'))
    const { range } = await loadScenario(scenario, { packs: [] })
    const own = await ownEngine()
    const images = await ensureImages(
      own,
      { infra, cache: cacheBeside(infra), services: range.services },
      () => {},
    )
    const receivers = await Promise.all(
      plan.nodes.map(async (node) => ({ name: node.name, docker: await engineOf(node) })),
    )
    await spreadImages(own, receivers.slice(0, 1), [images.base, ...Object.values(images.tags)], () => {})
    await spreadImages(own, receivers.slice(1), [images.base], () => {})

    const dataDir = join(folder, 'data')
    mkdirSync(dataDir)
    platform = startPlatform(plan, dataDir, ['--scenario', scenario, '--speed', `${SPEED}`])
    await platform.says(/The exercise runs/, 240_000)
    const containersOn = async (node: LabNode) =>
      (await engineOf(node)).listContainers({ filters: { label: ['kilp.team', 'kilp.service'] } })
    for (const node of plan.nodes) {
      const its = (await containersOn(node)).map(({ Labels }) => Labels['kilp.team'] ?? '')
      teamsOn[node.name] = TEAMS.filter((team) => its.includes(team))
    }
    const changed = Date.now()
    for (const { Id, Labels } of await containersOn(n3))
      if (Labels['kilp.service'] === CHANGED && TEAMS.some((team) => team === Labels['kilp.team'])) {
        const { exitCode, stderr } = await execIn(await engineOf(n3), {
          container: Id,
          command: ['sh', '-c', `echo '${MARK}' >> /srv/app/src/main.ts`],
          user: 'root',
          deadlineMs: 10_000,
        })
        expect([exitCode, stderr]).toEqual([0, ''])
      }

    await wait(20_000)
    await plug(plan, n2, false)
    await platform.says(/n2 does not answer/, 15_000)
    await wait(15_000)
    await plug(plan, n2, true)
    await platform.says(/n2 answers again/, 30_000)

    await wait(Math.max(0, changed + SAVED_WITHIN_MS - Date.now()))
    await powerOff(plan, n3)
    await platform.says(/n3 does not answer/, 15_000)
    for (const team of teamsOn.n3 ?? [])
      expect(await platform.white('move-enclave', { team })).toMatchObject({ ok: true })
    for (const team of teamsOn.n3 ?? [])
      await platform.says(new RegExp(`${team}: its enclave (stands on|could not)`), 150_000)
    await platform.says(/The exercise has ended/, 240_000)
    const found: string[] = []
    for (const node of [n1, n2])
      for (const { Id, Labels } of await containersOn(node))
        if (Labels['kilp.service'] === CHANGED && teamsOn.n3?.includes(Labels['kilp.team'] ?? '')) {
          const command = ['tail', '-n', '40', '/srv/app/src/main.ts']
          const { stdout } = await execIn(await engineOf(node), {
            container: Id,
            command,
            deadlineMs: 10_000,
          })
          if (stdout.includes(MARK)) found.push(Labels['kilp.team'] ?? '')
        }
    kept = found.toSorted()
    await platform.close()
    const store = await openStore({ dataDir: join(dataDir, 'ledger') })
    const [{ exerciseId = '' } = {}] = await store.exercises()
    ledger = await store.read(exerciseId, 0, 1_000_000)
    await store.close()
  }, 900_000)
  afterAll(async () => {
    await platform?.close()
    // What went wrong, if anything did, is best read there.
    const told = platform?.console.filter((line) => /^\d+:\d\d /.test(line)) ?? []
    process.stdout.write(`${told.join('\n')}\n`)
    await removeLab(folder)
  })
  const stateAt = (position: number, seat: 'white' | 'guest' = 'white'): State =>
    ledger
      .slice(0, position)
      .flatMap((event) => redact(event, { seat }) ?? [])
      .reduce(evolve, initialState)

  test('stands on all of them, two teams on each', () => {
    expect(Object.values(teamsOn).map(({ length }) => length)).toEqual([2, 2, 2])
    expect(all('exercise.ended')).toHaveLength(1)
    // A new enclave makes the engine write rules before ours, which are put back at once and told.
    const [move] = all('enclave.move-began')
    expect(all('isolation.lost').filter(({ position }) => position < (move?.position ?? 0))).toEqual([])
    expect(stateAt(ledger.length).isolationLost).toBeNull()
  })
  test('has in its ledger what went, what came back and who was moved, and says it on the console', () => {
    const lost = all('machine.lost').map(({ data }) => `${data.name} ${data.teams.toSorted()}`)
    // Swarm may set up its agent anew once it hears from it again.
    expect([...new Set(lost)]).toEqual([`n2 ${teamsOn.n2}`, `n3 ${teamsOn.n3}`])
    const returned = all('machine.returned').map(({ data }) => data.name)
    expect(returned).toEqual(lost.slice(1).map(() => 'n2'))
    const moved = all('enclave.moved')
    expect(moved.map(({ data }) => data.team).toSorted()).toEqual(teamsOn.n3)
    for (const { data } of moved) {
      expect(data).toMatchObject({ ok: true, reason: '' })
      expect(data.changes.filter(({ savedWall }) => savedWall === null)).toEqual([])
      expect(data.changes.map(({ service }) => service)).toContain(CHANGED)
    }
    const said = platform.console.join('\n')
    for (const team of teamsOn.n3 ?? [])
      expect(said).toMatch(
        new RegExp(`${team}: its enclave stands on n[12] now, with its changes of .*${CHANGED}`),
      )
    expect(said).toMatch(/n3 does not answer; it carries \w+, \w+, whose time does not count/)
  })
  test('keeps what the moved teams had changed', () => {
    expect(kept).toEqual(teamsOn.n3)
  })
  test('is told on the wall as what can not be measured, while it is so', () => {
    for (const lost of all('machine.lost')) {
      const { health } = nationalView(stateAt(lost.position, 'guest'), lost.at)
      expect(health).toMatchObject({ state: 'away', away: 2 })
    }
    const [returned] = all('machine.returned')
    const last = all('enclave.moved').at(-1)
    for (const event of [returned, last])
      expect(nationalView(stateAt(event?.position ?? 0, 'guest'), event?.at ?? 0).health.state).not.toBe(
        'away',
      )
  })
  test('charges nobody for the machines: nothing turned bad or was decided of a team that was away', () => {
    for (const { data, position } of all('machine.lost'))
      for (const team of data.teams) {
        const over = [
          ...all('machine.returned').filter((event) => event.data.machine === data.machine),
          ...all('enclave.moved').filter((event) => event.data.team === team),
        ]
        const back = over.find((event) => event.position > position)?.position ?? 0
        expect(back).toBeGreaterThan(position)
        const bad = ledger.slice(position, back).filter((event) => {
          if (!('team' in event.data) || event.data.team !== team) return false
          if (event.type === 'verdict.changed') return ['down', 'broken', 'slow'].includes(event.data.to)
          return event.type === 'attack.landed' || event.type === 'attack.blocked'
        })
        expect(bad.map((event) => `${event.type} ${JSON.stringify(event.data).slice(0, 300)}`)).toEqual([])
      }
  })
  test('and so a team whose machine was away has of what it could get no smaller part than others', () => {
    const state = stateAt(ledger.length)
    const shares = new Map(
      publicExercise(state, state.atMs).teams.map(({ id, score }) => {
        const { points, possible } = score.categories.availability
        expect(possible).toBeGreaterThan(0)
        return [id, points / possible]
      }),
    )
    process.stdout.write(`availability by team: ${JSON.stringify(Object.fromEntries(shares))}\n`)
    const shareOf = (team: string) => shares.get(team) ?? 0
    const least = Math.min(...(teamsOn.n1 ?? []).map(shareOf))
    for (const team of [...(teamsOn.n2 ?? []), ...(teamsOn.n3 ?? [])])
      expect([team, shareOf(team)]).toEqual([
        team,
        expect.toSatisfy((share: number) => share >= least - SLACK),
      ])
  })
})
