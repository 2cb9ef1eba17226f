import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './settings.ts'
import { UserError } from './user-error.ts'

/** What a file in test/bench exports as `bench()`. */
interface BenchResult {
  readonly name: string
  readonly rows: readonly {
    readonly what: string
    readonly value: number
    readonly unit: string
    /** What it is held against in the same run, and value divided by that. */
    readonly against?: string
    readonly ratio?: number
  }[]
}

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

const HEAD = `# Measurements

\`npm run bench\`, medians of one run. Machines are noisy: read the ratios.`

const machine = () =>
  `${cpus().length} cores and ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`

const section = (result: BenchResult, measured: string) =>
  [
    result.name,
    '',
    measured,
    '',
    '| what | value | against | ratio |',
    '|---|---|---|---|',
    ...result.rows.map(
      (row) =>
        `| ${row.what} | ${round(row.value)} ${row.unit} | ${row.against ?? ''} | ${row.ratio === undefined ? '' : row.ratio.toFixed(2)} |`,
    ),
  ].join('\n')

/** The page of results with these in place of those of the same name; the others stay, each with its own date. */
export function renewed(page: string, results: readonly BenchResult[], measured: string): string {
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((text) => [text.split('\n')[0] ?? '', text.trimEnd()]),
  )
  for (const result of results) sections.set(result.name, section(result, measured))
  return `${[HEAD, ...[...sections.values()].map((text) => `## ${text}`)].join('\n\n')}\n`
}

/** `kilp bench`: runs each file of test/bench one after another, or those that are named, and writes their tables beside them. */
export async function runBench(names: readonly string[]): Promise<void> {
  const folder = join(ROOT, 'test/bench')
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'))
  const known = files.map((file) => file.replace('.bench.ts', ''))
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) throw new UserError(`There is no benchmark ${unknown}. There are: ${known.join(', ')}`)
  const measured = `Measured ${new Date().toISOString().slice(0, 10)} on ${machine()}.`
  const results: BenchResult[] = []
  for (const name of known.filter((n) => names.length === 0 || names.includes(n))) {
    process.stderr.write(`bench ${name} ...\n`)
    const module = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as {
      bench: () => Promise<BenchResult>
    }
    const result = await module.bench()
    results.push(result)
    process.stdout.write(`## ${section(result, measured)}\n`)
  }
  const kept = join(folder, 'RESULTS.md')
  // A whole run forgets what is not measured any more.
  const before = names.length > 0 && existsSync(kept) ? readFileSync(kept, 'utf8') : ''
  writeFileSync(kept, renewed(before, results, measured))
  process.exit(0)
}
