import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { random } from '#exercise/random.ts'
import { fingerprintIn, fingerprintOf, installationKey, KEY_SETTING } from '../../server/records/seal.ts'
import type { Store } from '../../server/store/store.ts'
import { A_CAST, aSample, exported, fill, goldenStored, openLightStore, scratch, verified } from './kit.ts'

const ID = 'first-light'
let store: Store
let whole: Buffer

beforeAll(async () => {
  store = await openLightStore()
  await fill(store, ID, goldenStored('exercise-day'))
  await store.addSamples(
    ID,
    Array.from({ length: 40 }, (_, n) => aSample(n)),
  )
  await store.saveClock(ID, { exerciseMs: 600_000, wall: 1_800_000_000_000 })
  const content = Buffer.from('%PDF-1.7 a plan of the day')
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = { sha256, name: 'plan.pdf', type: 'application/pdf', bytes: content.length, wall: 5 }
  await store.keepFile(ID, { ...file, owner: '' }, content)
  await store.keepFile(ID, { ...file, owner: 'saareke', name: 'plaan.pdf' }, content)
  await store.addCasts(ID, A_CAST)
  const files = [{ path: 'scenario.yaml', content: Buffer.from('title: õ\n') }]
  whole = await exported(store, ID, { scenarioFiles: async () => ({ ok: true, files }) })
})
afterAll(() => store.close())

/** What stands at a byte of the whole file, worked out from its tar headers and line feeds alone. */
function standsAt(at: number) {
  for (let header = 0; ; ) {
    const name = whole.toString('latin1', header, header + 100).replace(/\0.*$/s, '')
    if (name === '') return { entry: 'end', part: 'end', position: undefined }
    const bytes = Number.parseInt(whole.toString('latin1', header + 124, header + 135), 8)
    const from = header + 512
    const next = from + Math.ceil(bytes / 512) * 512
    if (at >= next) {
      header = next
      continue
    }
    const part = at < from ? 'header' : at < from + bytes ? 'content' : 'padding'
    const lines = whole.subarray(from, at).toString('latin1').split('\n').length
    return { entry: name, part, position: name === 'ledger.jsonl' && part === 'content' ? lines : undefined }
  }
}

/** So many places all over the file, the same each time. */
function places(count: number, seed: string, most = whole.length): readonly number[] {
  const next = random(seed)
  return Array.from({ length: count }, () => Math.floor(next() * most))
}

describe('an export is proven whole, or it is said where it is not', () => {
  test('as it was written it is whole, stock tar lists it, and it names its key', async () => {
    const found = await verified(whole)
    expect(found).toMatchObject({ findings: [], unreadable: null })
    expect(found.fingerprint).toBe(fingerprintOf((await installationKey(store)).publicKey))
    const path = join(scratch(), 'export.tar')
    writeFileSync(path, whole)
    const listed = execFileSync('tar', ['-tf', path], { encoding: 'utf8' }).trimEnd().split('\n')
    expect(listed.map((name) => name.replace(/[0-9a-f]{64}/, 'HASH'))).toEqual([
      'manifest.json',
      'ledger.jsonl',
      'clock.json',
      'samples.jsonl',
      'files.json',
      'files/HASH',
      'recordings/t-7.cast',
      'recordings.json',
      'pages.json',
      'snapshots/white.json.gz',
      'scenario/scenario.yaml',
      'seal.json',
    ])
    expect(found.archive?.manifest).toMatchObject({
      exercise: ID,
      phase: 'ended',
      positions: { first: 1, last: 248 },
      scenario: { slug: 'made-storm' },
      noScenario: null,
    })
  })

  test('a byte changed at each of 200 random places is found and placed', async () => {
    const path = join(scratch(), 'export.tar')
    const next = random('which byte')
    // Half of them in what is small beside the ledger: headers, padding, seal and end.
    const tail = places(60, 'tail', 8_192).map((at) => whole.length - 1 - at)
    for (const at of [...places(100, 'all'), ...tail, ...places(40, 'head', 4_096)]) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(next() * 255))
      const { findings, archive } = await verified(bytes, path)
      const [first] = findings
      const why = `byte ${at}: ${JSON.stringify(findings)}`
      expect(first, why).toMatchObject({ entry: standsAt(at).entry, part: standsAt(at).part })
      expect(first?.position, why).toBe(standsAt(at).position)
      expect(at >= (first?.from ?? at + 1) && at < (first?.to ?? 0), why).toBe(true)
      expect(archive).toBeNull()
    }
  })

  test('a byte lost or added at each of 200 random places is found where it is, or where the next byte tells it', async () => {
    const path = join(scratch(), 'export.tar')
    for (const [n, at] of [...places(140, 'moved'), ...places(60, 'moved head', 4_096)].entries()) {
      const lost = n % 2 === 0
      const bytes = Buffer.concat([
        whole.subarray(0, at),
        ...(lost ? [] : [Buffer.from('x')]),
        whole.subarray(lost ? at + 1 : at),
      ])
      const { findings } = await verified(bytes, path)
      const [first] = findings
      const why = `${lost ? 'lost' : 'added'} at ${at}: ${JSON.stringify(findings)}`
      expect(findings.length, why).toBeGreaterThan(0)
      const here = standsAt(at)
      // A zero lost among zeros shows at their end.
      if (here.part === 'content') expect(first, why).toMatchObject({ entry: here.entry })
      if (here.position !== undefined) expect(first?.position, why).toBe(here.position)
      expect(first?.to ?? 0, why).toBeGreaterThan(lost ? at - 1 : at - 1)
    }
  })

  test('a byte changed in a recording of a terminal is found there', async () => {
    const at = whole.indexOf('[0.5,"o"')
    const bytes = Buffer.from(whole)
    bytes[at + 1] = 0x39
    const { findings, archive } = await verified(bytes)
    expect(findings[0]).toMatchObject({ entry: 'recordings/t-7.cast', part: 'content' })
    expect(archive).toBeNull()
  })

  test('a file cut off, and bytes after its end', async () => {
    const cut = await verified(whole.subarray(0, 20_000))
    expect(cut.findings[0]).toMatchObject({ entry: standsAt(20_000).entry })
    const longer = await verified(Buffer.concat([whole, Buffer.alloc(512)]))
    expect(longer.findings).toMatchObject([{ entry: 'end', from: whole.length, to: whole.length + 512 }])
    expect((await verified(Buffer.alloc(0))).findings).toMatchObject([{ entry: 'manifest.json' }])
    expect((await verified(Buffer.from('no tar at all'))).findings[0]?.what).toContain('no export of Kilp')
  })

  test('a signature that is written in another way is not taken, though it reads as the same', async () => {
    const at = whole.indexOf('"signature":"') + '"signature":"'.length + 85
    const bytes = Buffer.from(whole)
    // The last letter of 86 carries two bits that are read; the other four are to spare.
    const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    bytes[at] = letter.charCodeAt(letter.indexOf(String.fromCharCode(bytes[at] ?? 0)) + 1)
    const signature = (of: Buffer) => Buffer.from(of.toString('latin1', at - 85, at + 3), 'base64')
    expect(signature(bytes)).toEqual(signature(whole))
    expect((await verified(bytes)).findings).toMatchObject([{ entry: 'seal.json', part: 'content' }])
  })

  test('the chain of the ledger is what its description says, for whoever checks it by hand', async () => {
    const path = join(scratch(), 'export.tar')
    writeFileSync(path, whole)
    const entry = (name: string) => execFileSync('tar', ['-xOf', path, name], { encoding: 'utf8' })
    const hex = (text: string) => createHash('sha256').update(text).digest('hex')
    let before = hex(`kilp ledger 1\0${ID}`)
    for (const line of entry('ledger.jsonl').trimEnd().split('\n')) {
      const { hash, ...event } = JSON.parse(line)
      expect(hash).toBe(hex(before + JSON.stringify(event)))
      before = hash
    }
    const seal = JSON.parse(entry('seal.json'))
    expect(seal.head).toBe(before)
    expect(seal.manifest).toBe(hex(entry('manifest.json')))
    expect(seal.sha256).toBe(
      createHash('sha256')
        .update(whole.subarray(0, whole.lastIndexOf('seal.json')))
        .digest('hex'),
    )
  })

  test('what was sealed anew with another key is whole, and tells another key', async () => {
    const key = await installationKey(store)
    const other = await openLightStore()
    const foreign = await installationKey(other)
    await other.close()
    const found = await verified(await exported(store, ID, { key: foreign }))
    expect(found.findings).toEqual([])
    expect(found.fingerprint).not.toBe(fingerprintOf(key.publicKey))
    expect(fingerprintIn(` ${foreign.publicKey}\n`)).toBe(found.fingerprint)
    expect(fingerprintIn(found.fingerprint ?? '')).toBe(found.fingerprint)
    expect(fingerprintIn('nothing')).toBeNull()
  })

  test('the key is made once, and no export holds its private half', async () => {
    expect((await installationKey(store)).publicKey).toBe((await installationKey(store)).publicKey)
    const kept = String(await store.getSetting(KEY_SETTING))
    // The last 32 bytes are the secret; the text before them every key has.
    const secret = Buffer.from(kept, 'base64').subarray(-32)
    expect(whole.includes(secret)).toBe(false)
    expect(whole.includes(secret.toString('base64').slice(0, 42))).toBe(false)
  })
})
