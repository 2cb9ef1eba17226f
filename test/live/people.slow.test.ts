import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PERSON_HEADER, type PresenceList } from '../../server/exercise/wire/person.ts'
import type { SocketAuth } from '../../server/exercise/wire/protocol.ts'
import { white } from '../kit/actors.ts'
import { type Client, connected, follow, openWorld, refusedBy, type World } from './fixture.ts'

const claim = (team: string, seen = 0) =>
  ({ type: 'claim-work', data: { team, subject: { kind: 'service', id: 'tax' }, seen } }) as const

const person = (name: string, role: 'lead' | 'technical' | null = null) => ({ name, role })

/** Joins a seat, and collects what it is told of who is in. */
function joined(world: World, auth: SocketAuth) {
  const client = world.join(auth)
  const lists = new Map<string | null, PresenceList>()
  const told: number[] = []
  client.on('presence', (news) => {
    told.push(performance.now())
    for (const list of news) lists.set(list.team, list)
  })
  const names = (team: string | null) =>
    lists
      .get(team)
      ?.people.map(({ name }) => name)
      .sort() ?? []
  return { client, lists, told, names }
}

const post = (world: World, header: string | undefined, seen: number) =>
  world.fetch('/api/commands', 'blue-red', {
    method: 'POST',
    body: JSON.stringify(claim('red', seen)),
    headers: {
      'content-type': 'application/json',
      ...(header !== undefined && { [PERSON_HEADER]: header }),
    },
  })

const lastActor = async (world: World) => {
  const event = (await world.engine.events(0, 10_000)).at(-1)
  return event && 'by' in event.data ? event.data.by : undefined
}

/** What people might call themselves. */
const HOSTILE: readonly (readonly [why: string, name: string, kept: string | null])[] = [
  ['HTML is text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['an emoji of several parts', '👩🏽‍🚒 Ülle', '👩🏽‍🚒 Ülle'],
  ['letters from right to left', 'שרה', 'שרה'],
  ['blanks around and between', '  Anna \u0020  Maria ', 'Anna Maria'],
  ['60 characters outside the first plane', '😀'.repeat(60), '😀'.repeat(60)],
  ['61 characters', 'x'.repeat(61), null],
  ['10,000 characters', 'x'.repeat(10_000), null],
  ['nothing', '', null],
  ['blanks', '   ', null],
  ['a fill that shows nothing', '\u3164\u2800', null],
  ['a line break', 'Anna\nwhite', null],
  ['an escape sequence', '\u001b[31mAnna', null],
  ['a turn of direction', 'Anna\u202etxt.exe', null],
  ['U+0000', 'Anna\u0000', null],
  ['half a character', '\ud83d', null],
]

describe('names', () => {
  it('go with every command, over sockets and HTTP, to white and the own team', async () => {
    const world = await openWorld()
    const red = world.join({ token: world.token('blue-red'), person: person('Anna', 'lead') })
    const guest = follow(world.join())
    const sea = follow(world.join({ token: world.token('blue-sea') }))
    const own = follow(world.join({ token: world.token('blue-red') }))
    await connected(red)
    expect(await red.emitWithAck('command', claim('red'))).toMatchObject({ ok: true })
    expect(await lastActor(world)).toEqual({ kind: 'seat', seatId: 'blue-red', seat: 'blue', name: 'Anna' })
    expect((await post(world, encodeURIComponent('Jüri Õun'), 1)).status).toBe(200)
    expect(await lastActor(world)).toMatchObject({ name: 'Jüri Õun' })
    expect((await post(world, undefined, 2)).status).toBe(200)
    expect(await lastActor(world)).toEqual({ kind: 'seat', seatId: 'blue-red', seat: 'blue' })
    const end = world.engine.state().position
    await expect.poll(() => [guest, sea, own].map(({ cursor }) => cursor)).toEqual([end, end, end])
    expect(JSON.stringify(own.events)).toContain('Jüri Õun')
    for (const { events } of [guest, sea]) expect(JSON.stringify(events)).not.toMatch(/Anna|Jüri/)
  })

  it('may be said and changed later', async () => {
    const world = await openWorld()
    const red = world.join({ token: world.token('blue-red') })
    await connected(red)
    await red.emitWithAck('command', claim('red'))
    expect(await lastActor(world)).not.toHaveProperty('name')
    red.emit('here', person('Anna'), null)
    await red.emitWithAck('command', claim('red', 1))
    expect(await lastActor(world)).toMatchObject({ name: 'Anna' })
  })

  it.each(HOSTILE)('%s', async (_, name, kept) => {
    const world = await openWorld()
    const auth = { token: world.token('blue-red'), person: person(name) }
    if (kept === null) {
      const { code, message } = await refusedBy(world.join(auth))
      expect([code, message]).toEqual(['malformed', expect.stringContaining('person.name')])
      const answer = await post(world, encodeURIComponent(name.isWellFormed() ? name : 'a\nb'), 0)
      expect([400, 431]).toContain(answer.status)
      return
    }
    const { client, names } = joined(world, auth)
    await connected(client)
    await client.emitWithAck('command', claim('red'))
    expect(await lastActor(world)).toMatchObject({ name: kept })
    await expect.poll(() => names('red')).toEqual([kept])
    expect((await post(world, encodeURIComponent(name), 1)).status).toBe(200)
  })

  it('a team that types together is not held up by one another; one who floods is, and so are made-up names', async () => {
    const world = await openWorld()
    // Refused by the exercise, so that nothing is recorded; counted all the same.
    const body = JSON.stringify({ type: 'answer-ticket', data: { team: 'red', ticket: 'T9', text: 'x' } })
    const tooMany = async (seat: 'blue-red' | 'blue-sea', names: readonly string[]) => {
      let refused = 0
      for (const name of names) {
        const { status } = await world.fetch('/api/commands', seat, {
          method: 'POST',
          body: seat === 'blue-red' ? body : body.replace('red', 'sea'),
          headers: { 'content-type': 'application/json', [PERSON_HEADER]: name },
        })
        if (status === 429) refused += 1
      }
      return refused
    }
    const ten = Array.from({ length: 100 }, (_, n) => `Person${n % 10}`)
    expect(await tooMany('blue-red', ten)).toBe(0)
    expect(
      await tooMany(
        'blue-red',
        Array.from({ length: 100 }, () => 'Flood'),
      ),
    ).toBeGreaterThan(20)
    expect(
      await tooMany(
        'blue-sea',
        Array.from({ length: 400 }, (_, n) => `Made-up${n}`),
      ),
    ).toBeGreaterThan(150)
  })

  it('a header that can not be read is refused and does nothing', async () => {
    const world = await openWorld()
    const before = world.engine.state().position
    for (const header of ['%', '%ff', '%E0%A4%A', '']) {
      const answer = await post(world, header, 0)
      expect(await answer.json()).toMatchObject({ refusal: { code: 'malformed' } })
    }
    expect(world.engine.state().position).toBe(before)
  })
})

describe('who is in', () => {
  it('a team sees its own people, white sees all, nobody else sees any', async () => {
    const world = await openWorld()
    const anna = joined(world, { token: world.token('blue-red'), person: person('Anna', 'lead') })
    const bo = joined(world, { token: world.token('blue-red'), person: person('Bo') })
    const mari = joined(world, { token: world.token('blue-sea'), person: person('Mari') })
    const chief = joined(world, { token: world.token('white'), person: person('Chief') })
    const press = joined(world, { token: world.token('observer'), person: person('Press') })
    const guest = joined(world, { person: person('Nobody') })
    await Promise.all([anna, bo, mari, chief, press, guest].map(({ client }) => connected(client)))
    await expect.poll(() => anna.names('red')).toEqual(['Anna', 'Bo'])
    await expect
      .poll(() => ['red', 'sea', null].map(chief.names))
      .toEqual([['Anna', 'Bo'], ['Mari'], ['Chief', 'Press']])
    expect([...anna.lists.keys()]).toEqual(['red'])
    expect([...mari.lists.keys()]).toEqual(['sea'])
    for (const other of [press, guest]) expect(other.lists.size).toBe(0)

    anna.client.emit('here', person('Anna', 'lead'), { tab: 'terminal', service: 'tax' })
    await expect
      .poll(() => bo.lists.get('red')?.people.find(({ name }) => name === 'Anna'))
      .toMatchObject({ role: 'lead', seat: 'blue', where: { tab: 'terminal', service: 'tax' }, pages: 1 })
    anna.client.disconnect()
    await expect
      .poll(() => [bo.names('red'), chief.names('red')], { timeout: 2_000 })
      .toEqual([['Bo'], ['Bo']])
    bo.client.disconnect()
    await expect.poll(() => chief.names('red')).toEqual([])
  })

  it('two pages of one person are one line', async () => {
    const world = await openWorld()
    const auth = { token: world.token('blue-red'), person: person('Anna') }
    const [one, two] = [joined(world, auth), joined(world, auth)]
    await Promise.all([connected(one.client), connected(two.client)])
    await expect.poll(() => one.lists.get('red')?.people.map(({ pages }) => pages)).toEqual([2])
    two.client.disconnect()
    await expect.poll(() => one.lists.get('red')?.people.map(({ pages }) => pages)).toEqual([1])
  })

  it('where somebody is must be an id or two; who sends anything else is sent away in the end', async () => {
    const world = await openWorld()
    const { client, lists } = joined(world, { token: world.token('blue-red'), person: person('Anna') })
    await connected(client)
    await expect.poll(() => lists.has('red')).toBe(true)
    const goodbye = new Promise((resolve) => client.once('goodbye', resolve))
    for (let n = 0; n < 10; n += 1)
      client.emit('here', person('Anna'), { tab: '<script>', service: 'x'.repeat(1_000) })
    expect(await goodbye).toBe('malformed')
    expect(lists.get('red')?.people[0]?.where).toBeNull()
  })

  it('a seat that is revoked is out within a second, with everybody in it', async () => {
    const world = await openWorld()
    const people = ['Anna', 'Bo', 'Ciara'].map((name) =>
      joined(world, { token: world.token('blue-red'), person: person(name) }),
    )
    const unnamed = joined(world, { token: world.token('blue-red') })
    const sea = joined(world, { token: world.token('blue-sea'), person: person('Mari') })
    const chief = joined(world, { token: world.token('white') })
    await Promise.all([...people, unnamed, sea, chief].map(({ client }) => connected(client)))
    await expect.poll(() => chief.names('red').length).toBe(4)
    const since = performance.now()
    const gone = Promise.all(
      [...people, unnamed].map(
        ({ client }) => new Promise<void>((resolve) => client.once('disconnect', () => resolve())),
      ),
    )
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    await gone
    expect(performance.now() - since).toBeLessThan(1_000)
    await expect.poll(() => chief.names('red')).toEqual([])
    expect(sea.client.connected).toBe(true)
    expect((await post(world, 'Anna', 0)).status).toBe(401)
  })

  it('200 people in one seat: all are counted, so many are named, and nobody is told more than twice a second', async () => {
    const world = await openWorld()
    const chief = joined(world, { token: world.token('white') })
    await connected(chief.client)
    const crowd: Client[] = Array.from({ length: 200 }, (_, n) =>
      world.join({ token: world.token('blue-red'), person: person(`Person ${n}`) }),
    )
    await Promise.all(crowd.map(connected))
    const seen = () => {
      const list = chief.lists.get('red')
      return [list?.people.length, list?.more]
    }
    await expect.poll(seen).toEqual([100, 100])
    // All of them move about without a pause.
    const before = chief.told.length
    const from = performance.now()
    const moving = setInterval(() => {
      for (const [n, client] of crowd.entries())
        client.emit('here', person(`Person ${n}`), { tab: Math.random() < 0.5 ? 'logs' : 'score' })
    }, 50)
    onTestFinished(() => clearInterval(moving))
    await sleep(3_000)
    clearInterval(moving)
    const told = chief.told.length - before
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThanOrEqual(Math.ceil((performance.now() - from) / 500) + 1)
    expect(crowd.every(({ connected: is }) => is)).toBe(true)
    for (const client of crowd) client.disconnect()
    await expect.poll(seen).toEqual([0, 0])
  })

  it('nothing of it is a fact of the ledger', async () => {
    const world = await openWorld()
    const before = world.engine.state().position
    const { client, names } = joined(world, { token: world.token('blue-red'), person: person('Anna') })
    await connected(client)
    await expect.poll(() => names('red')).toEqual(['Anna'])
    expect(world.engine.state().position).toBe(before)
  })
})
