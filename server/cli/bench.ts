import { readdirSync, writeFileSync } from 'node:fs'
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

const markdown = (results: readonly BenchResult[]) =>
  [
    '# Measurements',
    '',
    `\`npm run bench\`, medians of one run, on ${cpus().length} cores and ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}. Machines are noisy: read the ratios.`,
    ...results.flatMap((result) => [
      '',
      `## ${result.name}`,
      '',
      '| what | value | against | ratio |',
      '|---|---|---|---|',
      ...result.rows.map(
        (row) =>
          `| ${row.what} | ${round(row.value)} ${row.unit} | ${row.against ?? ''} | ${row.ratio === undefined ? '' : row.ratio.toFixed(2)} |`,
      ),
    ]),
    '',
  ].join('\n')

/** `kilp bench`: runs each file of test/bench one after another and writes the table beside them. */
export async function runBench(names: readonly string[]): Promise<void> {
  const folder = join(ROOT, 'test/bench')
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'))
  const known = files.map((file) => file.replace('.bench.ts', ''))
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) throw new UserError(`There is no benchmark ${unknown}. There are: ${known.join(', ')}`)
  const results: BenchResult[] = []
  for (const name of known.filter((n) => names.length === 0 || names.includes(n))) {
    process.stderr.write(`bench ${name} ...\n`)
    const module = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as {
      bench: () => Promise<BenchResult>
    }
    const result = await module.bench()
    results.push(result)
    process.stdout.write(`${markdown([result]).split('\n').slice(4).join('\n')}\n`)
  }
  // A partial run is for looking; only a whole one is kept.
  if (names.length === 0) writeFileSync(join(folder, 'RESULTS.md'), markdown(results))
  process.exit(0)
}
