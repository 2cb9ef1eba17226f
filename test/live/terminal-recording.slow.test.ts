import { expect, it } from 'vitest'
import { readCast } from '../../server/exercise/wire/cast.ts'
import { white } from '../kit/actors.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { EXERCISE, openWorld, type SeatId, typeInto, type World } from './fixture.ts'
import { openShellRange } from './process-terminal.ts'

async function openTerminal(world: World, seat: SeatId = 'blue-red'): Promise<string> {
  const client = world.join({ token: world.token(seat) })
  const reply = await client
    .timeout(3_000)
    .emitWithAck('terminal-open', { service: 'tax', cols: 80, rows: 24 })
  const { terminal = '' } = reply as { terminal?: string }
  typeInto(client, terminal, 'printf "õ 漢 %s\\n" $((40+2)); read -r hidden; echo done\n')
  // A shell that finds both lines at once reads the second as a command, and `read` waits for ever.
  await new Promise<void>((printed) => client.once('terminal-data', () => printed()))
  typeInto(client, terminal, 'pass-never-shown\n')
  client.emit('terminal-resize', terminal, 100, 30)
  return terminal
}

const recordingOf = async (world: World, cast: string, seat?: SeatId) => {
  const reply = await world.fetch(`/api/exercises/${EXERCISE}/terminals/${cast}/recording`, seat)
  return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() }
}
/** It may not be asked for more often. */
const SLOWLY = { interval: 500 }
const printed = (text: string) =>
  readCast(text)
    ?.events.map((event) => (event.kind === 'output' ? event.text : `<${event.cols}x${event.rows}>`))
    .join('') ?? ''

it('a terminal is recorded while it runs: what it printed, not what was typed; for white and its own team alone', async () => {
  const world = await openWorld({ range: openShellRange().range })
  const terminal = await openTerminal(world)
  await expect
    .poll(async () => printed((await recordingOf(world, terminal, 'white')).text), SLOWLY)
    .toContain('done')
  const { status, type, text } = await recordingOf(world, terminal, 'blue-red')
  expect([status, type]).toEqual([200, 'application/x-asciicast'])
  expect(printed(text)).toContain('õ 漢 42\n')
  expect(printed(text)).toContain('<100x30>')
  expect(text).not.toContain('pass-never-shown')
  for (const seat of ['white', 'blue-red', 'blue-sea'] as const) expect(text).not.toContain(world.token(seat))
  expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
    version: 2,
    width: 80,
    height: 24,
    title: 'tax',
  })

  const list = async (seat?: SeatId) => {
    const reply = await world.fetch(`/api/exercises/${EXERCISE}/terminals`, seat)
    return reply.ok ? ((await reply.json()) as { casts: { terminal: string }[] }).casts.length : reply.status
  }
  expect([await list('white'), await list('blue-red'), await list('blue-sea')]).toEqual([1, 1, 0])
  expect([await list('observer'), await list('guest'), await list()]).toEqual([403, 403, 401])
  const statuses = async (cast: string) =>
    Promise.all(
      (['white', 'blue-sea', 'observer', 'guest', undefined] as const).map(
        async (seat) => (await recordingOf(world, cast, seat)).status,
      ),
    )
  expect(await statuses(terminal)).toEqual([200, 404, 403, 403, 401])
  expect((await recordingOf(world, 'none', 'white')).status).toBe(404)
  expect((await recordingOf(world, 'a%20b', 'white')).status).toBe(400)
  await world.store.forget(EXERCISE)
  expect((await recordingOf(world, terminal, 'white')).status).toBe(404)
  expect(world.faults).toEqual([])
})

it('the time of a recording is that of the exercise: none goes by in a pause', async () => {
  const world = await openWorld({ range: openShellRange().range })
  await world.engine.submit({ type: 'pause-exercise', data: { reason: 'Lunch' } }, white())
  await world.engine.submit({ type: 'change-preparation', data: { open: true } }, white())
  const client = world.join({ token: world.token('blue-red') })
  const reply = await client
    .timeout(3_000)
    .emitWithAck('terminal-open', { service: 'tax', cols: 80, rows: 24 })
  const { terminal = '' } = reply as { terminal?: string }
  typeInto(client, terminal, 'echo $((40+1)); sleep 0.4; echo $((40+2))\n')
  await expect
    .poll(async () => printed((await recordingOf(world, terminal, 'white')).text), SLOWLY)
    .toContain('42')
  const cast = readCast((await recordingOf(world, terminal, 'white')).text)
  expect(cast?.events.map(({ atS }) => atS).every((atS) => atS === 0)).toBe(true)
})

it('nothing is kept where the scenario says so', async () => {
  const scenario = { ...smallScenario, terminals: { record: false } as const }
  const world = await openWorld({ range: openShellRange().range, scenario })
  const terminal = await openTerminal(world)
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect((await recordingOf(world, terminal, 'white')).status).toBe(404)
  expect(await world.store.castsOf(EXERCISE)).toEqual([])
})
