import { createHash } from 'node:crypto'
import { keepBrought } from '../../server/engine/platform/brought.ts'
import type { FileRef, Inject } from '../../server/exercise/scenario/inject.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import type { Text } from '../../server/exercise/scenario/words.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { EXERCISE, openWorld, type SeatId, type World } from './fixture.ts'

const says: Text = { en: 'a', et: 'b', ja: 'c' }
export const MAP = Buffer.from('x,y\n1,2\n')
export const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
/** Comes with the message `asked`. */
export const attachment: FileRef = { name: 'map.csv', type: 'text/csv', bytes: MAP.length, sha256: sha(MAP) }

const inject = (id: string, more: Partial<Inject>): Inject => ({
  id,
  number: 1,
  title: says,
  text: says,
  from: says,
  channel: 'mail',
  roles: [],
  expects: { kind: 'file', types: ['text/csv', 'image/png'], maxKiB: 64 },
  rubric: [{ id: 'clear', title: says, points: 1 }],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: 0,
  trigger: { kind: 'manual' },
  withinMs: null,
  teams: null,
  objectives: [],
  ...more,
})

const scenario: Scenario = {
  ...smallScenario,
  injects: [
    inject('asked', { attachments: [attachment] }),
    inject('words', { number: 2, weightBefore: 1, expects: { kind: 'text', maxLength: 9 } }),
    inject('big', {
      number: 3,
      weightBefore: 2,
      expects: { kind: 'file', types: ['text/csv'], maxKiB: 5_000 },
    }),
  ],
}

/** An exercise whose messages bring and ask for files: `asked`, `big`, and `words`, which asks for none. */
export async function openFiles(): Promise<World> {
  const world = await openWorld({ scenario })
  const pages = { first: 'en', briefing: { en: '# Hello' }, instructor: { en: 'secret' } }
  await keepBrought(world.store, EXERCISE, { pages }, 1)
  await world.store.keepFile(EXERCISE, { ...attachment, owner: '', wall: 1 }, MAP)
  return world
}

export const send = (world: World, team: string, id: string) =>
  world.give({ type: 'send-inject', data: { team, inject: id } })

export const put = (
  world: World,
  content: Uint8Array | string,
  name: string,
  seat: SeatId = 'blue-red',
  id = 'asked',
) =>
  world.fetch(`/api/files?${new URLSearchParams({ inject: id, name })}`, seat, {
    method: 'PUT',
    body: content as BodyInit,
    headers: { 'content-type': 'application/octet-stream' },
  })
