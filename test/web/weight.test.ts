import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, test, vi } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const LIMIT_KIB = 250
const LIMIT_FILES = 32

/** Each page's first look, by the modules that it waits for. Terminal and editor come when they are opened. */
const PAGES = {
  start: ['start/start-page.tsx'],
  join: ['start/join.tsx'],
  national: ['national/national-page.tsx'],
  scoreboard: ['scoreboard/scoreboard-page.tsx'],
  team: ['team-room/team-page.tsx'],
  instructor: ['instructor/instructor-page.tsx'],
  timeline: ['instructor/timeline-page.tsx'],
  comparison: ['home/comparison-page.tsx'],
  hotWash: ['report/hot-wash.tsx'],
  report: ['report/report-page.tsx'],
} as const

/** Those that wait for texts which the others do not come with. */
const WITH_LATER_TEXTS: readonly string[] = ['comparison', 'home', 'report']

type Chunk = Rolldown.OutputChunk
let chunks: ReadonlyMap<string, Chunk>

beforeAll(async () => {
  // As pages are served: a test's environment would build React for developers.
  vi.stubEnv('NODE_ENV', 'production')
  const built = await build({
    root: join(repository, 'web'),
    configFile: join(repository, 'vite.config.ts'),
    logLevel: 'error',
    build: { write: false },
  })
  vi.unstubAllEnvs()
  if (!('output' in built)) throw new Error('one build was asked for')
  chunks = new Map(built.output.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one]] : [])))
}, 60_000)

const holding = (module: string): Chunk => {
  const found = [...chunks.values()].find(({ moduleIds }) =>
    moduleIds.some((id) => id.endsWith(`web/${module}`)),
  )
  if (!found) throw new Error(`no chunk holds ${module}`)
  return found
}

/** What a browser has read before the modules run: these and all that they import. */
function closure(begin: readonly Chunk[]): ReadonlySet<Chunk> {
  const read = new Set<Chunk>()
  const visit = (chunk: Chunk) => {
    if (read.has(chunk)) return
    read.add(chunk)
    for (const name of chunk.imports) {
      const next = chunks.get(name)
      if (next) visit(next)
    }
  }
  begin.forEach(visit)
  return read
}

const kib = (chunk: Chunk) => gzipSync(chunk.code).length / 1024
const firstLook = (page: keyof typeof PAGES, lang: string) =>
  closure(
    [
      ...['main.ts', 'app/start.tsx', `kit/i18n/${lang}.ts`, ...PAGES[page]],
      ...(WITH_LATER_TEXTS.includes(page) ? [`kit/i18n/${lang}-later.ts`] : []),
    ].map(holding),
  )

describe.each(Object.keys(PAGES) as (keyof typeof PAGES)[])('%s', (page) => {
  test.each(['en', 'et', 'ja'])(`in %s: at most ${LIMIT_KIB} KiB of script, packed`, (lang) => {
    const weighed = [...firstLook(page, lang)]
      .map((chunk) => ({ name: chunk.fileName, kib: kib(chunk) }))
      .sort((a, b) => b.kib - a.kib)
    const total = weighed.reduce((sum, chunk) => sum + chunk.kib, 0)
    const heaviest = weighed.slice(0, 12).map((chunk) => `${chunk.kib.toFixed(1)} ${chunk.name}`)
    expect(total, `${total.toFixed(1)} KiB:\n${heaviest.join('\n')}`).toBeLessThanOrEqual(LIMIT_KIB)
  })

  test(`comes in at most ${LIMIT_FILES} files: each takes its time, also from a browser’s cache`, () => {
    expect(firstLook(page, 'ja').size).toBeLessThanOrEqual(LIMIT_FILES)
  })

  test('brings one language and neither terminal nor editor', () => {
    const modules = [...firstLook(page, 'et')].flatMap(({ moduleIds }) => moduleIds)
    expect(modules.filter((id) => /i18n\/(en|ja)[-.]|@xterm|codemirror|micromark/.test(id))).toEqual([])
  })
})
