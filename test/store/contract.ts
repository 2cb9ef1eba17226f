import { createHash, randomBytes } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { ForeignExercise } from '../../server/engine/ports/exercise-rows.ts'
import { PositionConflict, type Sample } from '../../server/engine/ports/ports.ts'
import { fact } from '../../server/exercise/decide/decision.ts'
import type { NewEvent } from '../../server/exercise/ledger/events.ts'
import { RULES_VERSION } from '../../server/exercise/ledger/rules.ts'
import { dump, restore } from '../../server/store/dump.ts'
import type { Store } from '../../server/store/store.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { white } from '../kit/actors.ts'

export const note = (text: string, at = 0): NewEvent => fact('note.added', at, { text, by: white() })

const sample = (ms: number): Sample => ({
  at: 10 * ms,
  wall: 1_700_000_000_000 + ms,
  team: 'north',
  service: 'tax',
  journey: 'file',
  verdict: 'broken',
  ms,
  evidence: {
    step: '1: http GET /',
    sent: "O'Connor õ 漢字",
    received: 'nul \u0000 and \ud800',
    expected: '200',
    ms,
  },
})

/** What every backend must do. `open` opens the one database under test. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store | null = null
    /** The same open store, emptied: opening one anew for each test takes longer than all the tests. */
    const fresh = async () => {
      store ??= await open()
      await store.backend.write((database) =>
        database.execute(
          'truncate events, clocks, samples, settings, snapshots, files, casts restart identity',
        ),
      )
      return store
    }
    const again = async () => {
      await store?.close()
      store = await open()
      return store
    }
    afterAll(async () => {
      await store?.close()
    })

    it('gives back what was appended, positions from 1 without gaps', async () => {
      const log = await fresh()
      const first = await log.append('ex-1', 0, [note('a', 5), note('b', 5)], 1_000)
      const second = await log.append('ex-1', 2, [note('c', 7.25)], 2_000)
      expect(first.map((event) => event.position)).toEqual([1, 2])
      expect(second).toEqual([{ ...note('c', 7.25), position: 3, wall: 2_000 }])
      expect(await log.read('ex-1', 0, 100)).toEqual([...first, ...second])
      expect(await log.read('ex-1', 1, 1)).toEqual([first[1]])
      expect(await log.lastPosition('ex-1')).toBe(3)
      expect(await log.lastPosition('nobody')).toBe(0)
    })

    it('keeps any text and number a fact can hold', async () => {
      const log = await fresh()
      let position = 0
      await fc.assert(
        fc.asyncProperty(
          fc.json(),
          fc.string({ unit: 'binary' }),
          fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
          async (json, words, at) => {
            const event = {
              ...note(words, at + 0),
              data: { text: words, by: null, any: JSON.parse(json) },
            } as NewEvent
            const kept = JSON.parse(JSON.stringify(event))
            await log.append('ex-1', position, [event], 1)
            const [read] = await log.read('ex-1', position, 1)
            position += 1
            expect(JSON.stringify(read?.data)).toBe(JSON.stringify(kept.data))
            expect(read?.at).toBe(kept.at)
          },
        ),
        { numRuns: 100 },
      )
    })

    it('refuses an append at another position than the last and writes nothing of it', async () => {
      const log = await fresh()
      await log.append('ex-1', 0, [note('a')], 1)
      await expect(log.append('ex-1', 0, [note('b'), note('c')], 1)).rejects.toBeInstanceOf(PositionConflict)
      await expect(log.append('ex-1', 2, [note('d')], 1)).rejects.toBeInstanceOf(PositionConflict)
      expect(await log.lastPosition('ex-1')).toBe(1)
      await log.append('ex-1', 1, [note('e')], 1)
    })

    it('lets exactly one of many simultaneous appends have a position', async () => {
      const log = await fresh()
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) => log.append('ex-1', 0, [note(`${i}`), note(`${i}`)], 1)),
      )
      expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
      for (const each of tries)
        if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(PositionConflict)
      const [one, two] = await log.read('ex-1', 0, 10)
      expect(one?.data).toEqual(two?.data)
    })

    it('appends many events at once, more than one statement holds', async () => {
      const log = await fresh()
      await log.append(
        'ex-1',
        0,
        Array.from({ length: 12_000 }, (_, i) => note(`${i}`, i)),
        1,
      )
      expect(await log.lastPosition('ex-1')).toBe(12_000)
      const tail = await log.read('ex-1', 11_999, 10)
      expect(tail).toEqual([{ ...note('11999', 11_999), position: 12_000, wall: 1 }])
    })

    it('refuses to read an exercise that is scored by rules of a later Kilp', async () => {
      const log = await fresh()
      const [created, ...rest] = goldenLedger('first-light')
      if (created?.type !== 'exercise.created') throw new Error('a ledger begins with its exercise')
      const later = { ...created, data: { ...created.data, rulesVersion: RULES_VERSION + 1 } }
      await log.append('ex-1', 0, [later, ...rest], 1)
      await expect(log.read('ex-1', 0, 100)).rejects.toThrow(
        `Open it with a Kilp that knows version ${RULES_VERSION + 1}`,
      )
    })

    it('lists exercises, newest first, and keeps them apart', async () => {
      const log = await fresh()
      await log.append('old', 0, [note('a')], 100)
      await log.append('new', 0, [note('a'), note('b')], 200)
      await log.append('old', 1, [note('b'), note('c')], 300)
      const ended = fact('exercise.ended', 5, { by: white(), reason: 'over' })
      await log.append('old', 3, [ended, note('after the end')], 400)
      const named = (name: string | null) => fact('exercise.named', 5, { name, by: null })
      await log.append('old', 5, [named('Spring'), named('Spring 2027, CERT Tartu')], 500)
      await log.append('new', 2, [named('Autumn'), named(null)], 600)
      expect(await log.exercises()).toEqual([
        { exerciseId: 'new', createdWall: 200, endedWall: null, name: null, lastPosition: 4 },
        {
          exerciseId: 'old',
          createdWall: 100,
          endedWall: 400,
          name: 'Spring 2027, CERT Tartu',
          lastPosition: 7,
        },
      ])
    })

    it('keeps the clock, settings and the newest samples over a restart', async () => {
      const log = await fresh()
      expect(await log.loadClock('ex-1')).toBeNull()
      await log.saveClock('ex-1', { exerciseMs: 5.5, wall: 10 })
      await log.saveClock('ex-1', { exerciseMs: 9, wall: 20 })
      expect(await log.getSetting('missing')).toBeUndefined()
      const values = {
        text: '123',
        quoted: '"x"',
        nothing: null,
        list: [1, { deep: true }],
        key: 'A'.repeat(64),
      }
      for (const [key, value] of Object.entries(values)) await log.putSetting(key, value)
      await log.putSetting('text', '124')
      const samples = Array.from({ length: 30 }, (_, i) => sample(i))
      await log.addSamples('ex-1', samples)
      await log.addSamples('ex-1', [])
      await log.addSamples('ex-1', [{ ...sample(1), service: 'eid', evidence: null }])

      const back = await again()
      expect(await back.loadClock('ex-1')).toEqual({ exerciseMs: 9, wall: 20 })
      for (const [key, value] of Object.entries({ ...values, text: '124' }))
        expect(await back.getSetting(key)).toEqual(value)
      expect(await back.readSamples('ex-1', { team: 'north', service: 'tax', limit: 4 })).toEqual(
        samples.slice(-4).toReversed(),
      )
      expect(
        (await back.readSamples('ex-1', { team: 'north', service: 'eid', limit: 4 }))[0]?.evidence,
      ).toBeNull()
      expect(await back.readSamples('ex-2', { team: 'north', service: 'tax', limit: 4 })).toEqual([])
    })

    it('forgets old samples, however many, and keeps the others', async () => {
      const log = await fresh()
      const old = Array.from({ length: 4_500 }, (_, i) => sample(i))
      const young = [{ ...sample(1), wall: 1_800_000_000_000 }]
      await log.addSamples('ex-1', old)
      await log.addSamples('ex-2', old.slice(0, 10))
      await log.addSamples('ex-1', young)
      await log.dropSamples(1_800_000_000_000)
      const filter = { team: 'north', service: 'tax', limit: 9 }
      expect(await log.readSamples('ex-1', filter)).toEqual(young)
      expect(await log.readSamples('ex-2', filter)).toEqual([])
      await log.dropSamples(1_800_000_000_000)
      expect(await log.readSamples('ex-1', filter)).toEqual(young)
    })

    it('keeps of each audience the latest snapshot over a restart, for those who fold alike, and dumps none', async () => {
      const log = await fresh()
      const body = randomBytes(300_000)
      const kept = { audience: 'blue:north', madeBy: 'h1', position: 7, body: new Uint8Array(body) }
      await log.saveSnapshot('ex-1', { ...kept, position: 3, body: new Uint8Array(9) })
      await log.saveSnapshot('ex-1', kept)
      await log.saveSnapshot('ex-1', { ...kept, audience: 'white', madeBy: 'h2' })
      const back = await again()
      const found = await back.loadSnapshot('ex-1', 'blue:north', 'h1')
      expect(found?.position).toBe(7)
      expect(body.equals(found?.body ?? new Uint8Array())).toBe(true)
      expect(await back.loadSnapshot('ex-1', 'blue:north', 'h2')).toBeNull()
      expect(await back.loadSnapshot('ex-1', 'white', 'h2')).toMatchObject({ audience: 'white' })
      expect(await back.loadSnapshot('ex-2', 'white', 'h2')).toBeNull()
      expect((await dumpText(back)).split('\n')).toHaveLength(3)
    })

    it('keeps files by exercise, content and owner over a restart, and dumps and restores them', async () => {
      const log = await fresh()
      await log.append('ex-1', 0, [note('a')], 1)
      const content = randomBytes(3_000_000)
      const sha256 = createHash('sha256').update(content).digest('hex')
      const file = {
        name: '被害状況.png',
        type: 'image/png',
        bytes: content.length,
        sha256,
        owner: '',
        wall: 7,
      }
      await log.keepFile('ex-1', file, content)
      await log.keepFile('ex-1', { ...file, owner: 'north', wall: 8 }, content)
      await log.keepFile('ex-1', { ...file, name: 'other.png', wall: 9 }, content)
      const back = await again()
      expect(await back.filesOf('ex-1')).toEqual([file, { ...file, owner: 'north', wall: 8 }])
      expect(content.equals((await back.readFile('ex-1', sha256)) ?? new Uint8Array())).toBe(true)
      expect(await back.readFile('ex-2', sha256)).toBeNull()
      expect(await back.readFile('ex-1', 'f'.repeat(64))).toBeNull()

      const dumped = await dumpText(back)
      const other = await fresh()
      const wrong = dumped.replace(content.toString('base64'), randomBytes(3_000_000).toString('base64'))
      await expect(restore(other, Readable.from([wrong]))).rejects.toMatchObject({ code: 'bad-dump' })
      expect(await other.filesOf('ex-1')).toEqual([])
      await restore(other, Readable.from([dumped]))
      expect(await other.filesOf('ex-1')).toHaveLength(2)
      expect(await dumpText(other)).toBe(dumped)
    })

    it('keeps recordings of terminals in parts, each once, over a restart, and dumps and restores them', async () => {
      const log = await fresh()
      await log.append('ex-1', 0, [note('a')], 1)
      const part = (cast: string, n: number, text: string) => ({
        ...{ cast, terminal: 't', team: 'north', part: n, text },
        bytes: Buffer.byteLength(text),
      })
      const [head, more] = [part('t', 0, '{"version":2}\n'), part('t', 1, '[0.1,"o","õ 漢"]\n')]
      await log.addCasts('ex-1', [head])
      // Once more with the next, as when nobody heard that it was written.
      await log.addCasts('ex-1', [head, more, part('t-2', 0, 'second')])
      await log.addCasts('ex-2', [part('t', 0, 'of another')])
      await log.addCasts('ex-1', [])
      const back = await again()
      const kept = { cast: 't', terminal: 't', team: 'north', bytes: head.bytes + more.bytes }
      expect(await back.castsOf('ex-1')).toEqual([kept, { ...kept, cast: 't-2', bytes: 6 }])
      expect(await back.readCast('ex-1', 't')).toEqual({ ...kept, text: head.text + more.text })
      expect(await back.readCast('ex-1', 'none')).toBeNull()
      expect(await back.castsOf('ex-3')).toEqual([])

      const dumped = await dumpText(back)
      const other = await fresh()
      await restore(other, Readable.from([dumped]))
      expect(await other.castsOf('ex-1')).toEqual([kept, { ...kept, cast: 't-2', bytes: 6 }])
      expect(await dumpText(other)).toBe(dumped)
      await other.forget('ex-1')
      expect(await other.castsOf('ex-1')).toEqual([])
      expect(await other.castsOf('ex-2')).toHaveLength(1)
    })

    it('brings a store of the first Kilp up to date, with everything that is in it', async () => {
      const log = await fresh()
      await log.append('ex-1', 0, [note('from before')], 1)
      await log.addSamples('ex-1', [sample(1)])
      // As it was before the first change of the schema.
      await log.backend.write(async (database) => {
        await database.execute('drop table snapshots, files, casts')
        await database.execute(
          'delete from drizzle.__drizzle_migrations where created_at > (select min(created_at) from drizzle.__drizzle_migrations)',
        )
      })
      const back = await again()
      expect(await back.read('ex-1', 0, 9)).toHaveLength(1)
      await back.saveSnapshot('ex-1', {
        audience: 'white',
        madeBy: 'h',
        position: 1,
        body: new Uint8Array(3),
      })
      expect(await back.loadSnapshot('ex-1', 'white', 'h')).toMatchObject({ position: 1 })
      await back.append('ex-1', 1, [note('goes on')], 2)
    })

    it('says what is left on the disk, where it can see it', async () => {
      const free = await (await fresh()).freeBytes()
      if (free !== null) expect(free).toBeGreaterThan(1_000_000)
    })

    it('can not be opened a second time while it is open', async () => {
      await fresh()
      await expect(open()).rejects.toMatchObject({ name: 'StoreProblem', code: 'locked' })
    })

    it('forgets one exercise with all that is its own, and nothing of another', async () => {
      const log = await fresh()
      for (const id of ['ex-1', 'ex-10', 'x-ex-1']) {
        await log.append(id, 0, [note('one'), note('two')], 5)
        await log.saveClock(id, { exerciseMs: 9, wall: 20 })
        await log.addSamples(id, [sample(1)])
        await log.putSetting(`seat-key:${id}`, id)
        await log.keepFile(
          id,
          { sha256: 'a', owner: '', name: 'n', type: 't', bytes: 1, wall: 1 },
          Buffer.from('x'),
        )
      }
      const all = async (id: string) => [
        await log.lastPosition(id),
        await log.loadClock(id),
        await log.readSamples(id, { team: sample(1).team, service: sample(1).service, limit: 9 }),
        (await log.getSetting(`seat-key:${id}`)) ?? null,
        await log.filesOf(id),
      ]
      const [other, third] = [await all('ex-10'), await all('x-ex-1')]
      await log.forget('ex-1')
      expect(await all('ex-1')).toEqual([0, null, [], null, []])
      expect([await all('ex-10'), await all('x-ex-1')]).toEqual([other, third])
      await log.forget('none')
    })

    it('dumps all and restores the same, and refuses to write over an exercise', async () => {
      const log = await fresh()
      await log.append(
        'ex-1',
        0,
        Array.from({ length: 2_500 }, (_, i) => note(`${i} õ 漢`, i)),
        5,
      )
      await log.append('ex-2', 0, [note('nul \u0000')], 6)
      await log.saveClock('ex-1', { exerciseMs: 9, wall: 20 })
      await log.addSamples('ex-1', [sample(1), { ...sample(2), evidence: null }])
      await log.putSetting('seat-key:ex-1', 'secret')
      const dumped = await dumpText(log)
      await expect(restore(log, Readable.from([dumped]))).rejects.toMatchObject({ code: 'exists' })

      const other = await fresh()
      // Some editors put a mark of byte order before it.
      expect(await restore(other, Readable.from([`\uFEFF${dumped}`]))).toBe(2_500 + 1 + 1 + 2 + 1)
      expect(await dumpText(other)).toBe(dumped)
      await other.append('ex-1', 2_500, [note('goes on')], 7)
      await other.addSamples('ex-1', [sample(3)])
      expect(await other.readSamples('ex-1', { team: 'north', service: 'tax', limit: 9 })).toHaveLength(3)
    })

    it('gives an exercise out row by row, and takes a foreign one in: all of it or nothing', async () => {
      const log = await fresh()
      const events = Array.from({ length: 1_200 }, (_, i) => note(`${i} õ 漢`, i))
      await log.append('ex-1', 0, events, 5)
      await log.append('ex-2', 0, [note('another')], 6)
      const samples = Array.from({ length: 1_200 }, (_, i) => sample(i))
      await log.addSamples('ex-1', samples)
      await log.addSamples('ex-2', [sample(3)])
      const out = await rowsIn(log.storedEvents('ex-1', 1_100))
      expect(out.map(({ position }) => position)).toEqual(Array.from({ length: 1_100 }, (_, i) => i + 1))
      expect(out[7]).toEqual({ ...events[7], position: 8, wall: 5 })
      expect(await rowsIn(log.storedSamples('ex-1'))).toEqual(samples)

      const content = randomBytes(100_000)
      const sha256 = createHash('sha256').update(content).digest('hex')
      const file = { name: 'a.png', type: 'image/png', bytes: content.length, sha256, owner: '', wall: 7 }
      const cast = { cast: 't', terminal: 't', team: 'north', bytes: 5, text: 'lines' }
      const foreign = (): ForeignExercise => ({
        exerciseId: 'ex-3',
        clock: { exerciseMs: 9.5, wall: 20 },
        events: Readable.from([out.slice(0, 600), out.slice(600)]),
        samples: Readable.from([samples]),
        files: Readable.from([{ file, content }]),
        casts: Readable.from([cast]),
        settings: [['pages:ex-3', { first: 'en' }]],
        snapshot: { audience: 'white', madeBy: 'h', position: 1_100, body: new Uint8Array(9) },
      })
      const brokenOff = Readable.from(
        (function* () {
          yield samples.slice(0, 3)
          throw new RangeError('broken off')
        })(),
      )
      await expect(log.takeIn({ ...foreign(), samples: brokenOff })).rejects.toThrow('broken off')
      const left = await Promise.all([
        log.lastPosition('ex-3'),
        log.loadClock('ex-3'),
        log.getSetting('pages:ex-3'),
      ])
      expect(left).toEqual([0, null, undefined])
      await log.takeIn(foreign())
      await expect(log.takeIn(foreign())).rejects.toMatchObject({ name: 'StoreProblem', code: 'exists' })
      expect(await log.read('ex-3', 0, 5_000)).toEqual(await log.read('ex-1', 0, 1_100))
      expect(await rowsIn(log.storedSamples('ex-3'))).toEqual(samples)
      expect(await log.loadClock('ex-3')).toEqual({ exerciseMs: 9.5, wall: 20 })
      expect(await log.filesOf('ex-3')).toEqual([file])
      expect(content.equals((await log.readFile('ex-3', sha256)) ?? new Uint8Array())).toBe(true)
      expect(await log.readCast('ex-3', 't')).toEqual(cast)
      expect(await log.getSetting('pages:ex-3')).toEqual({ first: 'en' })
      expect(await log.loadSnapshot('ex-3', 'white', 'h')).toMatchObject({ position: 1_100 })
    })

    it('restores nothing at all of a dump that is cut off or no good', async () => {
      const log = await fresh()
      await log.append('ex-1', 0, [note('a'), note('b')], 5)
      const lines = (await dumpText(log)).trimEnd().split('\n')
      const other = await fresh()
      const bad = {
        'cut off': lines.slice(0, -1),
        'rows were written': [lines[0], lines[1], lines[3]],
        'out of order': [lines[0], lines[2], lines[1], lines[3]],
        'not a Kilp dump': lines.slice(1),
        'not a JSON object': [lines[0], lines[1], 'x{', ...lines.slice(2)],
        'unknown kind': [lines[0], lines[1], '{"wish":1}', ...lines.slice(2)],
        'without a proper data': [lines[0], (lines[1] ?? '').replace('"data"', '"date"'), ...lines.slice(2)],
      }
      for (const [what, text] of Object.entries(bad))
        await expect(restore(other, Readable.from([text.join('\n')])), what).rejects.toThrow(what)
      expect(await other.exercises()).toEqual([])
    })
  })
}

async function rowsIn<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

async function dumpText(store: Store): Promise<string> {
  const pipe = new PassThrough()
  const [dumped] = await Promise.all([text(pipe), dump(store, pipe)])
  return dumped
}
