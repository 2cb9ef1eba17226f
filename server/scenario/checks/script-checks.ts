import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import type { Path, Source } from '../diagnostics/read.ts'
import { badTemplates, type ENV, type Scope, strings } from './templates.ts'

const MAX_RUNS = 200

/** What the steps of any script can reach. */
export interface Reach {
  readonly deployed: ReadonlySet<string>
  /** Whether a deployed service is `database: true`. */
  readonly database: boolean
  /** Names of the secrets that deployed services have. */
  readonly secrets: ReadonlySet<string>
  /** What exploits of other planted weaknesses carry off. */
  readonly loot: ReadonlySet<string>
}

interface Walk extends Reach {
  readonly source: Source
  readonly captured: Set<string>
  readonly remembered: ReadonlySet<string>
  readonly report: Diagnostic[]
}

/**
 * Checks what a schema can not see in the steps under `keys` of a journey or weakness file, run one list after the other:
 * templates name what is known by then, and targets are deployed services. The data may be malformed anywhere. `after`: lists that ran before, and
 * are checked by themselves.
 */
export function checkScript(
  source: Source,
  keys: readonly string[],
  reach: Reach,
  report: Diagnostic[],
  after: readonly string[] = [],
): void {
  const captured = new Set<string>()
  const remembered = new Set<string>()
  for (const { path, text } of strings(source.value)) if (path.at(-2) === 'remember') remembered.add(text)
  const check = (key: string, told: Diagnostic[]) =>
    checkSteps({ ...reach, source, captured, remembered, report: told }, get(source.value, key), [key], 1)
  for (const key of after) check(key, [])
  for (const key of keys) check(key, report)
}

function checkSteps(walk: Walk, list: unknown, path: Path, runs: number): void {
  if (!Array.isArray(list)) return
  for (const [index, step] of list.entries()) checkStep(walk, step, [...path, index], runs)
}

function checkStep(walk: Walk, step: unknown, path: Path, runs: number): void {
  if (typeof step !== 'object' || step === null) return
  const { repeat, capture, expect, ...before } = {
    repeat: undefined,
    capture: undefined,
    expect: undefined,
    ...step,
  }
  checkTemplates(walk, before, path)
  checkTargets(walk, step, path)
  const times = get(repeat, 'times')
  const inside = runs * (typeof times === 'number' ? times : 1)
  if (repeat !== undefined && runs > 1 && runs <= MAX_RUNS && inside > MAX_RUNS)
    walk.report.push(
      walk.source.problem([...path, 'repeat', 'times'], {
        code: 'out-of-range',
        message: `repeats inside repeats run ${inside} times; at most ${MAX_RUNS}`,
      }),
    )
  checkSteps(walk, get(repeat, 'steps'), [...path, 'repeat', 'steps'], inside)
  checkTemplates(walk, expect, [...path, 'expect'])
  checkTemplates(walk, capture, [...path, 'capture'])
  if (typeof capture === 'object' && capture !== null)
    for (const name of Object.keys(capture)) walk.captured.add(name)
  checkRemember(walk, get(step, 'remember'), [...path, 'remember'])
}

/** Only what was captured can be remembered. */
function checkRemember(walk: Walk, names: unknown, path: Path): void {
  if (!Array.isArray(names)) return
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string' || walk.captured.has(name)) continue
    const hint = nearest(name, walk.captured)
    const message = `\`${name}\` is remembered but no step before captures it${meant(hint)}`
    walk.report.push(
      walk.source.problem([...path, index], { code: 'unknown-template', message, ...(hint && { hint }) }),
    )
  }
}

function checkTemplates(walk: Walk, value: unknown, path: Path): void {
  reportTemplates(walk.source, value, path, walk, walk.report)
}

/** Reports every template in a value that names nothing known. */
export function reportTemplates(
  source: Source,
  value: unknown,
  path: Path,
  scope: Scope | typeof ENV,
  report: Diagnostic[],
): void {
  for (const { path: at, text, key } of strings(value, path))
    for (const bad of badTemplates(text, scope)) {
      const memory = `memory.${bad.written}`
      const hint = bad.candidates.includes(memory) ? memory : nearest(bad.written, bad.candidates)
      const message =
        bad.what === 'unclosed'
          ? `\`${bad.written}\` opens a template that nothing closes`
          : `\`${bad.written}\` is not a template ${bad.what} here${meant(hint)}`
      report.push(source.problem(at, { code: 'unknown-template', message, key, ...(hint && { hint }) }))
    }
}

function checkTargets(walk: Walk, step: object, path: Path): void {
  const http = get(step, 'http')
  if (typeof http === 'string') checkUrl(walk, http.slice(http.indexOf(' ') + 1), [...path, 'http'])
  else checkUrl(walk, get(http, 'url'), [...path, 'http', 'url'])
  checkService(walk, get(get(step, 'exec'), 'service'), [...path, 'exec', 'service'])
  checkService(walk, get(get(step, 'tcp'), 'host'), [...path, 'tcp', 'host'])
  const login = get(step, 'login')
  checkUrl(walk, get(login, 'at'), [...path, 'login', 'at'])
  checkUrl(walk, get(login, 'by'), [...path, 'login', 'by'])
  const sql = get(step, 'sql')
  checkService(walk, get(sql, 'host'), [...path, 'sql', 'host'])
  if (typeof sql === 'object' && sql && get(sql, 'host') === undefined && !walk.database) {
    const message = 'say to which `host`: no deployed service is `database: true`'
    walk.report.push(walk.source.problem([...path, 'sql'], { code: 'missing-key', message, key: true }))
  }
  checkService(walk, get(get(step, 'ssh'), 'host'), [...path, 'ssh', 'host'])
  const flood = get(get(step, 'flood'), 'http')
  if (typeof flood === 'string')
    checkUrl(walk, flood.slice(flood.indexOf(' ') + 1), [...path, 'flood', 'http'])
  else checkUrl(walk, get(flood, 'url'), [...path, 'flood', 'http', 'url'])
}

function checkUrl(walk: Walk, url: unknown, path: Path): void {
  if (typeof url !== 'string' || url === '' || url.startsWith('{{')) return
  const host = /^https?:\/\/([^/:?#]+)/.exec(url)?.[1]
  if (host === undefined)
    walk.report.push(
      walk.source.problem(path, { code: 'bad-url', message: `\`${url}\` is not an http or https address` }),
    )
  else checkService(walk, host, path)
}

function checkService(walk: Walk, host: unknown, path: Path): void {
  if (typeof host !== 'string' || host.includes('{{') || walk.deployed.has(host)) return
  const hint = nearest(host, walk.deployed)
  const message = `\`${host}\` is no service of this scenario, and steps reach nothing else${meant(hint)}`
  walk.report.push(walk.source.problem(path, { code: 'unknown-service', message, ...(hint && { hint }) }))
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
