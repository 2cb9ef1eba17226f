import { expect, test } from 'vitest'
import type { WireCommand } from '../../server/exercise/wire/protocol.ts'
import { openWorld } from './fixture.ts'

const words = (en: string) => ({ en, et: en, ja: en })
const added = (id: string, text: string) =>
  ({
    type: 'add-entry',
    data: {
      id,
      atMs: null,
      teams: ['red'],
      entry: {
        kind: 'inject',
        like: null,
        title: words('<b>Phones</b> are down'),
        text: words(text),
        from: words('Operator'),
        channel: 'phone',
        roles: ['technical'],
        wants: 'text',
        withinMs: 60_000,
        counts: false,
      },
    },
  }) as const satisfies WireCommand

test('white changes and adds entries over a socket, as long as they may be; nobody else may', async () => {
  const world = await openWorld()
  const white = world.join({ token: world.token('white') })
  const hold = {
    type: 'change-entry',
    data: { kind: 'attack', id: 'third', team: null, change: { kind: 'hold' }, seen: 0 },
  } as const
  expect(await white.emitWithAck('command', hold)).toMatchObject({ ok: true })
  expect(await white.emitWithAck('command', added('most', '\u4e00'.repeat(10_000)))).toMatchObject({
    ok: true,
  })
  const { scenario, entries } = world.engine.state()
  expect(scenario.injects.at(-1)).toMatchObject({ id: 'most', from: words('Operator'), added: true })
  expect(entries['attack/third']?.teams.every(({ held }) => held !== null)).toBe(true)
  for (const seat of ['blue-red', 'observer', 'guest'] as const) {
    const other = world.join({ token: world.token(seat) })
    for (const command of [hold, added('mine', 'x')])
      expect(await other.emitWithAck('command', command), seat).toMatchObject({
        ok: false,
        refusal: { code: 'not-allowed' },
      })
  }
})

test('what has another form is refused, with the place', async () => {
  const world = await openWorld()
  const white = world.join({ token: world.token('white') }) as unknown as {
    emitWithAck(...message: unknown[]): Promise<unknown>
  }
  const edit = (more: object) => ({
    type: 'change-entry',
    data: { kind: 'attack', id: 'third', team: null, seen: 0, change: { kind: 'edit', ...more } },
  })
  const { data } = added('x', 'x')
  for (const command of [
    edit({ weight: 5 }),
    edit({ title: { en: 'only English' } }),
    edit({ title: { ...words('x'), borrowed: { et: 'fr' } } }),
    edit({ teams: [] }),
    {
      type: 'change-entry',
      data: { kind: 'attack', id: 'third', team: null, seen: 0, change: { kind: 'explode' } },
    },
    {
      type: 'change-entry',
      data: { kind: 'attack', id: 'third', team: null, seen: 0, change: { kind: 'move', byMs: 1e12 } },
    },
    { type: 'add-entry', data: { ...data, id: '../../x' } },
    { type: 'add-entry', data: { ...data, atMs: -1 } },
    { type: 'add-entry', data: { ...data, entry: { ...data.entry, text: words('x'.repeat(10_001)) } } },
    { type: 'add-entry', data: { ...data, entry: { ...data.entry, category: 'defence' } } },
  ])
    expect(await white.emitWithAck('command', command), JSON.stringify(command).slice(0, 200)).toMatchObject({
      ok: false,
      refusal: { code: 'malformed' },
    })
  // A socket is let go when it has sent too much of that.
  const another = world.join({ token: world.token('white') }) as unknown as typeof white
  for (const rubric of [
    [],
    [{ title: words('x'), points: -1 }],
    [{ title: words('x'), points: 1, anchors: [] }],
  ])
    expect(
      await another.emitWithAck('command', {
        type: 'add-entry',
        data: { ...data, entry: { ...data.entry, rubric } },
      }),
    ).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
  expect(world.engine.state().entries).toEqual({})
  expect(world.faults).toEqual([])
})
