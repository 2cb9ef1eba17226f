import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Stored } from '#exercise/ledger/upcast.ts'
import { chainedLine, hashBeforeAll } from '../../server/records/chain.ts'
import { sha256 } from '../../server/records/hashes.ts'
import { type Manifest, manifestText } from '../../server/records/manifest.ts'
import { type InstallationKey, installationKey, sealText } from '../../server/records/seal.ts'
import { headerOf, paddingOf } from '../../server/records/tar-frame.ts'
import type { Store } from '../../server/store/store.ts'
import { exported, fill, goldenStored, openLightStore, verified } from './kit.ts'

const ID = 'first-light'
let store: Store
let key: InstallationKey
let whole: Buffer
beforeAll(async () => {
  store = await openLightStore()
  await fill(store, ID, goldenStored('exercise-day'))
  key = await installationKey(store)
  whole = await exported(store, ID)
})
afterAll(() => store.close())

/** Contents of a tar by name. */
function entriesOf(tar: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 0; tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const bytes = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8)
    found.set(name, tar.subarray(at + 512, at + 512 + bytes))
    at += 512 + bytes + paddingOf(bytes)
  }
  return found
}

/** What somebody makes of an export who has a key, and this code: other contents, hashed and sealed as they should be. */
async function sealedAnew(
  changes: Readonly<Record<string, Buffer>>,
  head?: string,
  about: Partial<Manifest> = {},
): Promise<Buffer> {
  const entries = entriesOf(whole)
  const seal = JSON.parse(entries.get('seal.json')?.toString() ?? '')
  const was = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as Manifest
  const content = (name: string) => changes[name] ?? entries.get(name) ?? Buffer.alloc(0)
  const manifest: Manifest = {
    ...was,
    ...about,
    entries: was.entries.map(({ name }) => ({
      name,
      bytes: content(name).length,
      sha256: sha256(content(name)),
    })),
  }
  const parts: Buffer[] = []
  const put = async (name: string, body: Buffer) => {
    parts.push(await headerOf(name, body.length), body, Buffer.alloc(paddingOf(body.length)))
  }
  const text = Buffer.from(manifestText(manifest))
  await put('manifest.json', text)
  for (const { name } of manifest.entries) await put(name, content(name))
  const sealed = { head: head ?? seal.head, manifest: sha256(text), sha256: sha256(Buffer.concat(parts)) }
  await put('seal.json', Buffer.from(sealText(sealed, key)))
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** A ledger of these events, chained as it should be. */
function chained(events: readonly Stored[]): { readonly text: Buffer; readonly head: string } {
  let head = hashBeforeAll(ID)
  const lines = events.map((event) => {
    const { text, hash } = chainedLine(event, head)
    head = hash
    return `${text}\n`
  })
  return { text: Buffer.from(lines.join('')), head }
}

test('sealed anew without a change it is the same file', async () => {
  expect((await sealedAnew({})).equals(whole)).toBe(true)
})

test('a snapshot that tells another story than the ledger is found, however well it is sealed', async () => {
  const name = 'snapshots/white.json.gz'
  const truth = gunzipSync(entriesOf(whole).get(name) ?? '').toString()
  const lie = truth.replace('"phase":"ended"', '"phase":"ready"')
  expect(lie).not.toBe(truth)
  const forged = await verified(await sealedAnew({ [name]: gzipSync(lie) }))
  expect(forged.findings).toMatchObject([{ entry: name, what: 'is not what the ledger folds to' }])
  // The same in another order is no lie, and what unfolds to no end is not unfolded.
  const { state, ...rest } = JSON.parse(truth)
  const turned = await verified(await sealedAnew({ [name]: gzipSync(JSON.stringify({ state, ...rest })) }))
  expect(turned.findings).toEqual([])
  const bomb = await verified(await sealedAnew({ [name]: gzipSync(Buffer.alloc(50_000_000)) }))
  expect(bomb.findings).toMatchObject([{ entry: name }])
})

test('an event that is missing, or comes twice, is found where it is', async () => {
  const all = goldenStored('exercise-day').map((stored) => stored)
  for (const [events, position] of [
    [all.toSpliced(99, 1), 100],
    [all.toSpliced(99, 0, all[98] as Stored), 100],
    [all.slice(0, 200), 201],
    [all.slice(1), 1],
  ] as const) {
    const { text, head } = chained(events)
    const { findings } = await verified(await sealedAnew({ 'ledger.jsonl': text }, head))
    expect(findings[0]).toMatchObject({ entry: 'ledger.jsonl', position })
  }
})

test('what is whole, and no ledger of a Kilp of today, is told apart from what is not whole', async () => {
  const [created, ...rest] = goldenStored('exercise-day')
  const later = [{ ...created, version: 99 } as Stored, ...rest]
  const { text, head } = chained(later)
  const { findings, archive, unreadable } = await verified(await sealedAnew({ 'ledger.jsonl': text }, head))
  expect([findings, archive === null]).toEqual([[], false])
  expect(unreadable).toContain('newer than this Kilp')
})

test('a seal that names another end of the ledger, or none of its own', async () => {
  const { findings } = await verified(await sealedAnew({}, 'a'.repeat(64)))
  expect(findings).toMatchObject([
    { entry: 'ledger.jsonl', what: 'does not end with the event that the seal names' },
  ])
})

test('a manifest that says of the exercise what its ledger does not', async () => {
  const lies: readonly Partial<Manifest>[] = [
    { phase: 'running' },
    { wall: { first: 1, last: 2, exported: 3 } },
    { scenario: { slug: 'another', title: {}, hash: 'made' } },
  ]
  for (const lie of lies)
    expect((await verified(await sealedAnew({}, undefined, lie))).findings).toMatchObject([
      { entry: 'manifest.json', what: 'says of the exercise what its ledger does not' },
    ])
})
