import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyPatch, parsePatch } from 'diff'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../../server/exercise/scenario/model.ts'
import { answeredBy } from '../../../web/team-room/cases/answered/answered-by.ts'

const SERVICES = 'infra/services'
/** What attacks left on a real enclave: see record-evidence.ts. */
const evidences = JSON.parse(
  readFileSync(new URL('./attack-evidence.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Evidence>>
const weaknesses = globSync('*/weaknesses/*/plant.patch', { cwd: SERVICES }).map((path) => {
  const [service = '', , name = ''] = path.split('/')
  return `${service}/${name}`
})

/** The sources of a service as a team finds them, and which of them the flaw is in. */
function planted(weakness: string) {
  const [service = '', name = ''] = weakness.split('/')
  const folder = join(SERVICES, service)
  const texts = new Map(
    globSync('**/*.*', { cwd: join(folder, 'src') }).map((path) => [
      path,
      readFileSync(join(folder, 'src', path), 'utf8'),
    ]),
  )
  const touched = new Set<string>()
  for (const patch of parsePatch(readFileSync(join(folder, 'weaknesses', name, 'plant.patch'), 'utf8'))) {
    const [, path] = /^b\/src\/(.+)$/.exec(patch.newFileName ?? '') ?? []
    if (path === undefined) continue
    touched.add(path)
    const text = applyPatch(texts.get(path) ?? '', patch, { fuzzFactor: 2 })
    if (text === false) throw new Error(`${weakness} does not fit`)
    texts.set(path, text)
  }
  return { service, touched, texts: [...texts].map(([path, text]) => ({ path, text })) }
}

const nowhere: Evidence = { step: '', sent: '', received: '', expected: '', ms: 1 }
const placesOf = (evidence: Evidence, texts: Parameters<typeof answeredBy>[2]) =>
  answeredBy(evidence, 'tax', texts).map(({ path, line }) => `${path}:${line}`)

describe('where evidence is answered', () => {
  test('for every weakness that comes with Kilp there is evidence of a real attack', () => {
    expect(Object.keys(evidences).toSorted()).toEqual(weaknesses.toSorted())
  })

  test('of the flaws that are in sources, so many are in the first file proposed, in the first three, in all', () => {
    const ranks = weaknesses.flatMap((weakness) => {
      const { service, touched, texts } = planted(weakness)
      const evidence = evidences[weakness]
      // A key beside the sources, a job of cron: no source answers for it.
      if (touched.size === 0 || !evidence) return []
      return [answeredBy(evidence, service, texts).findIndex(({ path }) => touched.has(path))]
    })
    const within = (most: number) => ranks.filter((rank) => rank >= 0 && rank < most).length
    expect(ranks.length).toBe(54)
    // Fewer are a step back; more are one forward, and belong here.
    expect([within(1), within(3), within(5)]).toEqual([24, 43, 44])
  })

  test('a request is answered by the route that its method and path lead to, through what it is mounted under', () => {
    const texts = [
      {
        path: 'main.ts',
        text: "import { letters } from './letters.ts'\nimport { api } from './lib/api.ts'\napp.route('/letters', letters())\napp.route('/api', api())\n",
      },
      {
        path: 'letters.ts',
        text: "import { find } from './find.ts'\nexport function letters() {\n  routes.get('/:id', (c) => c.json(find(c)))\n  routes.post('/:id', (c) => c.text('thanks'))\n}\n",
      },
      { path: 'find.ts', text: 'export function find(c) {\n  if (c.id) return rows[c.id]\n}\n' },
      { path: 'lib/api.ts', text: "export function api() {\n  routes.get('/:id', (c) => c.json(1))\n}\n" },
    ]
    const [first, second] = placesOf({ ...nowhere, sent: 'GET http://tax/letters/7' }, texts)
    expect([first, second]).toEqual(['find.ts:1', 'letters.ts:3'])
    // The same path of another service is none of this one's.
    expect(placesOf({ ...nowhere, sent: 'GET http://vote/letters/7' }, texts)[0]).not.toBe('letters.ts:3')
    expect(
      placesOf({ ...nowhere, sent: 'GET https://xroad/r1/MM/GOV/7/tax/letters/7' }, texts).slice(0, 2),
    ).toEqual(['find.ts:1', 'letters.ts:3'])
  })

  test('sources that nobody would write are read in little time, and lead nowhere out of them', () => {
    const calls = Array.from({ length: 3_000 }, (_, i) => `export function f${i}() {\n  f${i + 1}()\n}`)
    const texts = [
      { path: 'deep.ts', text: calls.join('\n') },
      { path: 'wide.ts', text: `const a = '${'x('.repeat(200_000)}'` },
      { path: 'out.ts', text: "import { a } from '../../../etc/passwd'\na()" },
      { path: 'routes.ts', text: "app.get('/letters', () => f0())\n".repeat(500) },
    ]
    const began = performance.now()
    const places = answeredBy({ ...nowhere, sent: 'GET http://tax/letters' }, 'tax', texts)
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(places.every(({ path }) => texts.some((one) => one.path === path))).toBe(true)
  })
})
