import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Source, select } from '../diagnostics/read.ts'
import type { Catalogue } from '../roots/catalogue.ts'
import { entries, namesOf } from '../roots/folders.ts'
import type { ServiceFolder } from '../service-files.ts'
import { checkFootprints } from './footprint-checks.ts'
import { patchTree, type Tree } from './patches.ts'
import { checkScript, reportTemplates } from './script-checks.ts'
import { ENV, secretsIn, strings } from './templates.ts'

/** What a service's own schema can not see: its journeys, templates, references and patches. */
export async function checkService(
  service: ServiceFolder,
  all: ReadonlyMap<string, ServiceFolder>,
  catalogue: Catalogue,
  report: Diagnostic[],
): Promise<void> {
  const reach = {
    deployed: new Set(all.keys()),
    database: [...all.values()].some(({ yaml }) => get(yaml?.source.value, 'database') === true),
    secrets: secretsOf(all),
    loot: new Set<string>(),
  }
  checkYaml(service, reach.deployed, report)
  for (const { source } of service.journeys.values()) {
    checkScript(source, ['steps'], reach, report)
    checkFootprints(source, ['steps'], report)
  }
  for (const { id, yaml } of service.weaknesses) {
    if (!yaml) continue
    const others = { ...reach, loot: lootBeside(id, all) }
    checkScript(yaml.source, ['setup', 'exploit'], others, report)
    checkScript(yaml.source, ['foothold'], others, report)
    // The witness goes on where nobody has attacked, too.
    checkScript(yaml.source, ['witness'], others, report, ['setup'])
    const drawn = { ...others, captured: new Set<string>(), remembered: new Set<string>() }
    reportTemplates(yaml.source, get(yaml.source.value, 'canary'), ['canary'], drawn, report)
    checkFoothold(yaml.source, report)
    checkWitness(yaml.source, report)
    checkFootprints(yaml.source, ['setup', 'exploit', 'witness', 'foothold'], report)
    const known = [...all.values()].flatMap((s) =>
      [...s.journeys.keys()].map((journey) => `${s.id}/${journey}`),
    )
    for (const { path, value } of select(yaml.source.value, 'journeys.*')) {
      if (typeof value !== 'string' || known.includes(value)) continue
      const hint = nearest(value, known)
      const message = `\`${value}\` is no journey of a deployed service${meant(hint)}`
      report.push(yaml.source.problem(path, { code: 'unknown-journey', message, ...(hint && { hint }) }))
    }
  }
  await checkSources(service, catalogue, report)
  await checkPatches(service, report)
}

/** Sources are those of a service that has its own: one step, never a chain. */
async function checkSources(
  { id, yaml }: ServiceFolder,
  { services }: Catalogue,
  report: Diagnostic[],
): Promise<void> {
  if (!yaml) return
  for (const { path, value } of select(yaml.source.value, 'sources')) {
    if (typeof value !== 'string') continue
    const known: string[] = []
    for (const [name, { folder }] of services)
      if (name !== id && namesOf(await entries(folder), 'folders').includes('src')) known.push(name)
    if (known.includes(value)) continue
    const hint = nearest(value, known)
    const message = `\`${value}\` is no other service that has sources${meant(hint)}`
    report.push(yaml.source.problem(path, { code: 'unknown-service', message, ...(hint && { hint }) }))
  }
}

/** What every other planted weakness's exploit remembers, by the names that scripts use. */
function lootBeside(own: string, services: ReadonlyMap<string, ServiceFolder>): ReadonlySet<string> {
  const others = [...services.values()].flatMap((s) => s.weaknesses).filter(({ id }) => id !== own)
  return new Set(
    others.flatMap(({ id, yaml }) =>
      [...strings(get(yaml?.source.value, 'exploit'))].flatMap(({ path, text }) =>
        path.at(-2) === 'remember' ? [`loot.${id}.${text}`] : [],
      ),
    ),
  )
}

/** What is left behind can be removed, and what is removed can be seen. */
function checkFoothold(source: Source, report: Diagnostic[]): void {
  const has = (key: string) => get(source.value, key) !== undefined
  if (has('foothold') === has('cleanup')) return
  const [there, missing] = has('foothold') ? ['foothold', 'cleanup'] : ['cleanup', 'foothold']
  const message = `a weakness with \`${there}\` needs \`${missing}\` too`
  report.push(source.problem([there], { code: 'half-foothold', message, key: true }))
}

/** Without one it is judged by the answer to the attacker alone, as all once were. */
function checkWitness(source: Source, report: Diagnostic[]): void {
  if (get(source.value, 'exploit') === undefined || get(source.value, 'witness') !== undefined) return
  const message =
    'no `witness`: say who is entitled to what the attacker wants, and gets it in the same run; until then whoever breaks the service has defended it'
  report.push(source.problem(['exploit'], { code: 'no-witness', message, key: true, severity: 'warning' }))
}

const get = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

function secretsOf(services: ReadonlyMap<string, ServiceFolder>): ReadonlySet<string> {
  const env = [...services.values()].flatMap(({ yaml }) =>
    ['env.*', 'joins.*.*'].flatMap((pattern) => [...select(yaml?.source.value, pattern)]),
  )
  return new Set(env.flatMap(({ value }) => (typeof value === 'string' ? secretsIn(value) : [])))
}

/** Containers that stand in an enclave beside its services. */
const THE_PLATFORMS: ReadonlySet<string> = new Set(['probe', 'sensor'])

function checkYaml(
  { id, yaml, journeys }: ServiceFolder,
  deployed: ReadonlySet<string>,
  report: Diagnostic[],
): void {
  if (!yaml) return
  const { source } = yaml
  for (const { path, value } of select(source.value, 'id'))
    if (typeof value === 'string' && THE_PLATFORMS.has(value)) {
      const message = `\`${value}\` is what the platform calls a container of its own in every enclave`
      report.push(source.problem(path, { code: 'taken-id', message }))
    } else if (typeof value === 'string' && value !== id)
      report.push(
        source.problem(path, { code: 'wrong-id', message: `\`${value}\` stands in the folder of \`${id}\`` }),
      )
  for (const { path, value } of select(source.value, 'needs.*')) {
    if (typeof value !== 'string' || deployed.has(value)) continue
    const hint = nearest(value, deployed)
    const message = `\`${id}\` needs \`${value}\`, which is not deployed${meant(hint)}`
    report.push(source.problem(path, { code: 'unknown-service', message, ...(hint && { hint }) }))
  }
  for (const { path, value } of [...select(source.value, 'env.*'), ...select(source.value, 'joins.*.*')])
    reportTemplates(source, value, path, ENV, report)
  for (const { path } of select(source.value, 'joins.*')) {
    const name = String(path.at(-1))
    if (deployed.has(name)) continue
    const hint = nearest(name, deployed)
    const message = `\`${id}\` joins \`${name}\`, which is not deployed${meant(hint)}`
    report.push(source.problem(path, { code: 'unknown-service', message, key: true, ...(hint && { hint }) }))
  }
  if (id.includes('-') && get(source.value, 'member') !== undefined) {
    const message = 'a member of X-Road has no hyphen in its id: variables are named after it'
    report.push(source.problem(['member'], { code: 'bad-value', message, key: true }))
  }
  const alive = [...journeys].filter(([, journey]) =>
    [...select(journey.source.value, 'alive')].some((f) => f.value === true),
  )
  const [first, ...others] = alive
  if (!first)
    report.push(
      source.problem([], {
        code: 'alive-journey',
        message: `no journey of \`${id}\` is \`alive: true\`; one must be`,
      }),
    )
  for (const [name, journey] of others)
    report.push(
      journey.source.problem(['alive'], {
        code: 'alive-journey',
        message: `\`${name}\` is alive and so is \`${first?.[0]}\`; exactly one journey of a service is`,
        key: true,
      }),
    )
}

const isSame = (one: Tree, other: Tree): boolean =>
  one.size === other.size && [...one].every(([path, content]) => other.get(path) === content)

/** All plants together on the clean source; then each fix, and each plant reversed, on the planted one. */
async function checkPatches({ sources, weaknesses }: ServiceFolder, report: Diagnostic[]): Promise<void> {
  let planted: Tree = new Map()
  for (const { plant } of weaknesses) {
    if (!plant) continue
    const { tree, problems } = await patchTree(sources, planted, plant.text)
    planted = tree
    for (const { line, ...problem } of problems) report.push(plant.problemAt({ line, column: 1 }, problem))
    if (problems.length > 0) return
  }
  for (const { plant, wrongFixes, otherFixes } of weaknesses) {
    if (!plant) continue
    const fixed = await patchTree(sources, planted, plant.text, { reverse: true })
    for (const { line, code, message } of fixed.problems)
      report.push(
        plant.problemAt(
          { line, column: 1 },
          { code, message: `as the reference fix (reversed): ${message}` },
        ),
      )
    for (const { file } of [...wrongFixes, ...otherFixes]) {
      const { tree, problems } = await patchTree(sources, planted, file.text)
      for (const { line, ...problem } of problems) report.push(file.problemAt({ line, column: 1 }, problem))
      if (problems.length > 0 || fixed.problems.length > 0 || !isSame(tree, fixed.tree)) continue
      const message = 'this leaves the sources as the reference fix does'
      report.push(file.problemAt({ line: 1, column: 1 }, { code: 'same-fix', message }))
    }
  }
}
