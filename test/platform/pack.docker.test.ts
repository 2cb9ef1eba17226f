import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { ProofRow } from '../../server/proof/proof-row.ts'
import { type Harbour, harbour } from '../kit/harbour.ts'
import { dataFolder, type KilpProcess, ROOT, removeLeft, runKilp, startKilp, until } from './kilp-process.ts'

/** A service, and weaknesses in it and beside the scenario, in folders that are not the repository's: proven, played, and taken up again. */
const data = dataFolder()
let made: Harbour
let kilp: KilpProcess
let exerciseId = ''

beforeAll(async () => {
  made = await harbour(true)
  const file = join(made.scenario, 'scenario.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('pilot: swift', 'pilot: absent'))
})

afterAll(async () => {
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  rmSync(made.root, { recursive: true, force: true })
  data.remove()
})

describe('a service outside the repository, on a real engine', () => {
  test('has a proof matrix without a hole', { timeout: 400_000 }, async () => {
    const { code, stdout, stderr } = await runKilp(
      data.folder,
      ['prove', '--scenario', made.scenario, '--pack', made.pack, '--parallel', '1', '--json'],
      {},
    )
    if (!stdout.startsWith('{')) throw new Error(`kilp prove ended with ${code}:\n${stderr.slice(-3000)}`)
    const { rows } = JSON.parse(stdout) as { rows: readonly ProofRow[] }
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
    expect(
      rows.map(({ weakness, source, name }) => `${weakness} ${source} ${name}`.trim()).toSorted(),
    ).toEqual([
      'ferry/price-of-choice all-fixed',
      'ferry/price-of-choice other-fix priced-where-it-is-booked',
      'ferry/price-of-choice other-fix refused-unless-it-is-the-timetables',
      'ferry/price-of-choice planted',
      'ferry/price-of-choice reference-fix',
      'ferry/price-of-choice stands-still',
      'ferry/price-of-choice witness',
      'ferry/price-of-choice wrong-fix no-price',
      'ferry/price-of-choice wrong-fix not-free',
      'ferry/ticket-without-key all-fixed',
      'ferry/ticket-without-key planted',
      'ferry/ticket-without-key reference-fix',
      'ferry/ticket-without-key stands-still',
      'ferry/ticket-without-key witness',
      'ferry/ticket-without-key wrong-fix nobody',
      'ferry/ticket-without-key wrong-fix whole-key',
    ])
    expect(code).toBe(0)
  })

  test('joins the state: X-Road, eid and the database know it', { timeout: 400_000 }, async () => {
    const museum = join(made.root, 'museum')
    cpSync(join(ROOT, 'test/kit/museum'), museum, { recursive: true })
    const args = ['rehearse', 'museum', '--scenario', museum, '--rounds', '1']
    const { code, stdout, stderr } = await runKilp(data.folder, args)
    expect(`${stdout}${code === 0 ? '' : stderr.slice(-3000)}`).toContain('2 passed, 0 failed')
  })

  const landed = async (attack: string): Promise<boolean> => {
    const white = (await kilp.seats()).find(({ seat }) => seat === 'white')?.token ?? ''
    const events: readonly Recorded[] = await kilp.ledger(white)
    return events.some((event) => event.type === 'attack.landed' && event.data.attack === attack)
  }

  test('is deployed, checked and attacked', { timeout: 300_000 }, async () => {
    const args = ['--scenario', made.scenario, '--pack', made.pack, '--speed', '4']
    kilp = await startKilp(data.folder, args)
    exerciseId = (await kilp.exercise()).id
    await until('running', 240_000, async () => (await kilp.exercise()).phase === 'running')
    await until('the first attack landed', 90_000, () => landed('reading'))
    const { teams } = await kilp.exercise()
    expect(JSON.stringify(teams)).toContain('ferry')
  })

  test('goes on where it was, with its pack in another folder', { timeout: 120_000 }, async () => {
    await kilp.end('SIGTERM')
    const moved = await harbour(true)
    rmSync(made.pack, { recursive: true })
    kilp = await startKilp(data.folder, ['--scenario', made.scenario, '--speed', '4'], {
      KILP_PACKS: moved.pack,
    })
    expect((await kilp.exercise()).id).toBe(exerciseId)
    await until('the second attack landed', 90_000, () => landed('cheap'))
    rmSync(moved.root, { recursive: true, force: true })
  })
})
