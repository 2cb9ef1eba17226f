import { expect, it } from 'vitest'
import { openCasts } from '../../server/engine/casts.ts'
import { type Cast, readCast } from '../../server/exercise/wire/cast.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

const MIB = 1024 * 1024

function openWorld({
  record,
  log = openMemoryLog(),
}: {
  record?: false
  log?: ReturnType<typeof openMemoryLog>
} = {}) {
  const { clock, pass } = openFakeClock()
  const faults: string[] = []
  let atMs = 60_000
  const scenario = record === false ? { ...smallScenario, terminals: { record } } : smallScenario
  const casts = openCasts({
    engine: { exerciseId: 'x', state: () => ({ scenario, teams: smallTeams }) as never, atMs: () => atMs },
    log: log.log,
    clock,
    fault: (what) => faults.push(what),
  })
  const size = { cols: 80, rows: 24 }
  return {
    casts,
    log,
    pass,
    faults,
    at: (seconds: number) => {
      atMs = 60_000 + seconds * 1000
    },
    begin: (cast = 't', team = 'red') =>
      casts.begin({ cast, terminal: cast, team, service: 'tax', openedMs: 60_000, term: 'xterm', size }),
    async read(cast = 't'): Promise<Cast | null> {
      const kept = await log.log.readCast('x', cast)
      return kept && readCast(kept.text)
    },
  }
}
const printed = (cast: Cast | null) =>
  cast?.events.map((event) => (event.kind === 'output' ? event.text : '')).join('') ?? null

it('keeps what was printed and the sizes with exercise time since the terminal was opened', async () => {
  const { casts, begin, pass, read, at } = openWorld()
  const writer = begin()
  writer.output(Buffer.from('$ '))
  at(1.234)
  writer.output(Buffer.from('l'))
  writer.output(Buffer.from('s\r\n'))
  // At sixty times the speed, or after a pause: it is the exercise's time that counts, not the wall's.
  at(90)
  writer.resized(80, 24)
  writer.resized(100, 30)
  await pass(300)
  expect((await read())?.events).toEqual([
    { atS: 0, kind: 'output', text: '$ ' },
    { atS: 1.23, kind: 'output', text: 'ls\r\n' },
    { atS: 90, kind: 'resize', cols: 100, rows: 30 },
  ])
  writer.output(Buffer.from('bye'))
  writer.end()
  writer.output(Buffer.from('no more'))
  await casts.close()
  expect(printed(await read())).toBe('$ ls\r\nbye')
})

it('letters that come in pieces stay whole, and what is none is marked', async () => {
  const { begin, pass, read } = openWorld()
  const writer = begin()
  const bytes = Buffer.from('õ漢🛡')
  for (const byte of bytes) writer.output(Buffer.from([byte]))
  writer.output(Buffer.from([0xff, 0x41, 0xe6]))
  writer.end()
  await pass(300)
  expect(printed(await read())).toBe('õ漢🛡\ufffdA\ufffd')
})

it('a flood costs no more than the bound, and the recording says where it ends', async () => {
  const { begin, pass, read, log } = openWorld()
  const writer = begin()
  const chunk = Buffer.from('y\r\n'.repeat(5_000))
  for (let n = 0; n < 2_000; n += 1) writer.output(chunk)
  await pass(300)
  const [kept] = await log.log.castsOf('x')
  expect(kept?.bytes).toBeGreaterThan(3 * MIB)
  expect(kept?.bytes).toBeLessThan(4.1 * MIB)
  expect(printed(await read())).toMatch(/The recording ends here/)
  writer.output(chunk)
  writer.resized(9, 9)
  await pass(300)
  expect((await log.log.castsOf('x'))[0]?.bytes).toBe(kept?.bytes)
})

it('a team has its own bound over all its terminals, also after a restart; another team still has its own', async () => {
  const first = openWorld()
  const flood = async (world: typeof first, cast: string, team?: string) => {
    const writer = world.begin(cast, team)
    for (let n = 0; n < 400; n += 1) writer.output(Buffer.alloc(15_000, 'y'))
    writer.end()
    await world.pass(1_200)
  }
  for (let n = 0; n < 12; n += 1) await flood(first, `t${n}`)
  await first.casts.close()
  const second = openWorld({ log: first.log })
  await second.pass(300)
  await flood(second, 'later')
  await flood(second, 'sea', 'sea')
  const kept = await first.log.log.castsOf('x')
  const of = (team: string) =>
    kept.filter((one) => one.team === team).reduce((sum, { bytes }) => sum + bytes, 0)
  expect(of('red')).toBeLessThan(32.5 * MIB)
  expect(of('red')).toBeGreaterThan(28 * MIB)
  expect(of('sea')).toBeGreaterThan(3 * MIB)
})

it('letters that drip one at a time are bounded by what keeping them costs', async () => {
  const { begin, pass, log, at } = openWorld()
  const writer = begin()
  for (let n = 0; n < 40_000; n += 1) {
    at(n)
    writer.output(Buffer.from('x'))
    if (n % 1_000 === 0) await pass(300)
  }
  await pass(300)
  const [kept] = await log.log.castsOf('x')
  const shown = printed(await (async () => readCast((await log.log.readCast('x', 't'))?.text ?? ''))())
  expect(kept?.bytes).toBeLessThan(4 * MIB)
  expect(shown?.length).toBeLessThan(40_000)
})

it('what the store does not take waits, is written once when it does, and holds nobody up', async () => {
  const { begin, pass, read, log, faults } = openWorld()
  const writer = begin()
  const { addCasts } = log.log
  let broken: 'before' | 'after' | null = 'before'
  Object.assign(log.log, {
    addCasts: async (...args: Parameters<typeof addCasts>) => {
      if (broken === 'before') throw new Error('gone')
      await addCasts(...args)
      if (broken === 'after') throw new Error('written, and nobody heard')
    },
  })
  writer.output(Buffer.from('one '))
  await pass(900)
  expect(await read()).toBeNull()
  expect(faults).toEqual(['recordings of terminals'])
  broken = 'after'
  await pass(300)
  writer.output(Buffer.from('two'))
  broken = null
  await pass(900)
  expect(printed(await read())).toBe('one two')
})

it('nothing is recorded where the scenario says so', async () => {
  const { casts, begin, pass, log } = openWorld({ record: false })
  const writer = begin()
  writer.output(Buffer.from('secret'))
  writer.end()
  await pass(600)
  await casts.close()
  expect(await log.log.castsOf('x')).toEqual([])
})

it('a team that floods while the store stands still ends its own recordings alone', async () => {
  const { begin, pass, read, log } = openWorld()
  const { addCasts } = log.log
  Object.assign(log.log, { addCasts: () => Promise.reject(new Error('gone')) })
  const others = begin('others', 'sea')
  for (let terminal = 0; terminal < 4; terminal += 1) {
    const flooding = begin(`flood-${terminal}`)
    for (let n = 0; n < 1_000; n += 1) flooding.output(Buffer.alloc(15_000, 'y'))
  }
  await pass(600)
  others.output(Buffer.from('still here'))
  Object.assign(log.log, { addCasts })
  await pass(6_000)
  expect(printed(await read('others'))).toBe('still here')
  const kept = await log.log.castsOf('x')
  const red = kept.filter(({ team }) => team === 'red').reduce((sum, { bytes }) => sum + bytes, 0)
  expect(red).toBeLessThan(13 * MIB)
})
