import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Source, select } from '../diagnostics/read.ts'
import { footprintsOf } from '../footprints/footprints.ts'

/**
 * Two runs never share a path, file, account or record unless the author says so: refuses what the steps under `keys`, run one list after the other, make under the same name in
 * every run, and what `shares` names though nothing of it is made.
 */
export function checkFootprints(source: Source, keys: readonly string[], report: Diagnostic[]): void {
  const known = new Set<string>()
  const made = keys.flatMap((key) => footprintsOf(get(source.value, key), [key], known))
  const shared = [...select(source.value, 'shares.*.what')]
  const said = new Set(shared.map(({ value }) => value))
  for (const { path, what } of made) {
    if (said.has(what)) continue
    const message = `every run makes the same \`${what}\`: two that overlap would share it. Put a \`{{random.KIND}}\` into its name, or say in \`shares\` why that does no harm`
    report.push(source.problem(path, { code: 'fixed-footprint', message }))
  }
  const names = made.map(({ what }) => what)
  for (const { path, value } of shared) {
    if (typeof value !== 'string' || names.includes(value)) continue
    const hint = nearest(value, names)
    const message = `no step makes \`${value}\` under the same name in every run${meant(hint)}`
    report.push(source.problem(path, { code: 'nothing-shared', message, ...(hint && { hint }) }))
  }
}

const get = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
