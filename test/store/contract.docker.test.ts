import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dump, restore } from '../../server/store/dump.ts'
import { openStore } from '../../server/store/store.ts'
import { note, storeContract } from './contract.ts'
import { type PostgresContainer, startPostgres } from './postgres-container.ts'

let postgres: PostgresContainer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres?.stop())

storeContract('PostgreSQL', () => openStore({ databaseUrl: postgres.url }))

describe('PostgreSQL by DATABASE_URL', () => {
  it('says what is wrong with an address, and never the password', async () => {
    const wrong = {
      refused: postgres.urlOf('kilp', 'wr0ng-pass', 'kilp'),
      'does not exist': postgres.urlOf('kilp', "it's / s3cret", 'nothing'),
      'may not create': postgres.urlOf('reader', 'reader', 'kilp'),
      'does not answer': 'postgres://kilp:wr0ng-pass@127.0.0.1:1/kilp',
      'not the address': 'mysql://kilp:wr0ng-pass@127.0.0.1/kilp',
    }
    const messages: Record<string, string> = {}
    for (const [what, databaseUrl] of Object.entries(wrong)) {
      const error: unknown = await openStore({ databaseUrl }).catch((problem: unknown) => problem)
      expect(error, what).toMatchObject({ name: 'StoreProblem' })
      messages[what] = String(error)
      expect(JSON.stringify(error) + String(error)).not.toMatch(/wr0ng|s3cret/)
    }
    expect(messages.refused).toContain('refuses the user or password')
    for (const what of ['does not exist', 'may not create', 'does not answer', 'not the address'])
      expect(messages[what]).toContain(what)
  })

  it('loses no acknowledged event and doubles none when the server crashes in the middle', async () => {
    const store = await openStore({ databaseUrl: postgres.url })
    const exerciseId = `crash-${Date.now()}`
    const acknowledged: string[] = []
    let stop = false
    const appending = (async () => {
      for (let position = 0; !stop; position += 2) {
        const added = await store.append(
          exerciseId,
          position,
          [note(`${position}`), note('second')],
          position,
        )
        acknowledged.push(...added.map((event) => JSON.stringify(event)))
      }
    })()
    for (let crash = 0; crash < 3; crash += 1) {
      const before = acknowledged.length
      await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 50)
      await postgres.crash()
    }
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 50)
    stop = true
    await appending
    const kept = await store.read(exerciseId, 0, 1_000_000)
    expect(kept.map((event) => JSON.stringify(event))).toEqual(acknowledged)
    await store.close()
  })

  it('moves between the backends with dump and restore', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kilp-move-'))
    const inPostgres = await openStore({ databaseUrl: postgres.url })
    const embedded = await openStore({ dataDir: join(folder, 'data') })
    try {
      const exerciseId = `move-${Date.now()}`
      await inPostgres.append(exerciseId, 0, [note('nul \u0000 \ud800 õ 漢字'), note('b')], 1_000)
      const there = new PassThrough()
      await Promise.all([dump(inPostgres, there), restore(embedded, there)])
      expect(await embedded.read(exerciseId, 0, 10)).toEqual(await inPostgres.read(exerciseId, 0, 10))
      const back = new PassThrough()
      await expect(Promise.all([dump(embedded, back), restore(inPostgres, back)])).rejects.toMatchObject({
        code: 'exists',
      })
    } finally {
      await inPostgres.close()
      await embedded.close()
      rmSync(folder, { recursive: true })
    }
  })
})
