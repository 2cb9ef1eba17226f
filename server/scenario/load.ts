import { join, resolve } from 'node:path'
import type { LoadedScenario } from '../engine/ports.ts'
import { compileRange, compileScenario, type ReadyService } from './compile.ts'
import { checkShape } from './diagnose.ts'
import { type Diagnostic, inOrder, ScenarioInvalid } from './diagnostics.ts'
import { hashScenario } from './hash.ts'
import { readSource, type Source, select } from './read.ts'
import { type Catalog, checkReferences } from './references.ts'
import { type ScenarioFile, scenarioSchema } from './schema.ts'
import { checkService } from './service-checks.ts'
import { entries, namesOf, readService, type ServiceFolder } from './service-files.ts'

export interface LoadOptions {
  /** Folder with `services/`; default: the one of this repository. */
  readonly infra?: string
  /** The first so many teams of the scenario play; default: what the scenario says. */
  readonly teams?: number
  /** Decides where within its jitter an attack comes; default: the slug. */
  readonly seed?: string
}

const INFRA = resolve(import.meta.dirname, '../../infra')

/** Reads a scenario folder and all that it uses. Throws `ScenarioInvalid` with everything that is wrong at once. */
export async function loadScenario(folder: string, options: LoadOptions = {}): Promise<LoadedScenario> {
  const { diagnostics, source, file, services, infra } = await readScenario(folder, options)
  if (source && file && options.teams !== undefined && !inRange(options.teams, file.teams.length)) {
    const message = `${options.teams} teams were asked for; the scenario has 1 to ${file.teams.length}`
    diagnostics.push(source.problem(['teams'], { code: 'out-of-range', message, key: true }))
  }
  if (!file || diagnostics.some((d) => d.severity === 'error'))
    throw new ScenarioInvalid(folder, inOrder(diagnostics))
  const ready = services.map(toReady)
  return {
    scenario: compileScenario(file, ready, options.seed ?? file.slug),
    ...(await hashScenario(
      resolve(folder),
      infra,
      ready.flatMap(({ id, service }) => [id, ...(service.sources ? [service.sources] : [])]),
    )),
    teams: file.teams.slice(0, options.teams ?? file.defaultTeams ?? file.teams.length),
    ...compileRange(ready),
  }
}

/** Everything that is wrong with a scenario folder and with the infra files that it uses, in reading order. */
export async function checkScenario(
  folder: string,
  options: LoadOptions = {},
): Promise<readonly Diagnostic[]> {
  return inOrder((await readScenario(folder, options)).diagnostics)
}

const inRange = (teams: number, most: number) => Number.isInteger(teams) && teams >= 1 && teams <= most

async function readScenario(folder: string, options: LoadOptions) {
  const infra = resolve(options.infra ?? INFRA)
  const diagnostics: Diagnostic[] = []
  const source = await readSource(join(resolve(folder), 'scenario.yaml'), diagnostics)
  if (!source) return { diagnostics, source, file: null, services: [], infra }
  const file: ScenarioFile | null = checkShape(source, scenarioSchema, diagnostics)
  const catalog = await readCatalog(infra)
  const services = await readServices(source, catalog, infra, diagnostics)
  checkReferences(source, catalog, services, diagnostics)
  for (const service of services.values()) await checkService(service, services, diagnostics)
  return { diagnostics, source, file, services: [...services.values()], infra }
}

/** Services and weaknesses that there are, by their folders. */
async function readCatalog(infra: string): Promise<Catalog> {
  const services: string[] = []
  const weaknesses: string[] = []
  for (const id of namesOf(await entries(join(infra, 'services')), 'folders')) {
    const inside = await entries(join(infra, 'services', id))
    if (!namesOf(inside, 'files').includes('service.yaml')) continue
    services.push(id)
    const names = namesOf(await entries(join(infra, 'services', id, 'weaknesses')), 'folders')
    weaknesses.push(...names.map((name) => `${id}/${name}`))
  }
  return { services, weaknesses }
}

/** The deployed services in the scenario's order, each with the weaknesses planted in it. */
async function readServices(
  source: Source,
  catalog: Catalog,
  infra: string,
  report: Diagnostic[],
): Promise<ReadonlyMap<string, ServiceFolder>> {
  const names = (pattern: string, known: readonly string[]) =>
    known.length === 0
      ? []
      : [...new Set([...select(source.value, pattern)].map(({ value }) => String(value)))].filter((n) =>
          known.includes(n),
        )
  const planted = names('weaknesses.*', catalog.weaknesses)
  const services = new Map<string, ServiceFolder>()
  for (const id of names('services.*.id', catalog.services)) {
    const own = planted
      .filter((weakness) => weakness.startsWith(`${id}/`))
      .map((weakness) => weakness.slice(id.length + 1))
    services.set(id, await readService(infra, id, own, report))
  }
  return services
}

/** Only called when nothing is wrong; a hole here is a fault of this room, not of the author. */
function toReady({ id, sources, yaml, journeys, weaknesses }: ServiceFolder): ReadyService {
  return {
    id,
    folder: sources,
    service: present(yaml?.data, id),
    journeys: [...journeys].map(([name, journey]) => ({
      id: name,
      journey: present(journey.data, `${id}/${name}`),
    })),
    weaknesses: weaknesses.map((w) => ({
      id: w.id,
      weakness: present(w.yaml?.data, w.id),
      plantPath: w.plantPath,
      plant: present(w.plant, w.id).text,
      wrongFixes: w.wrongFixes.map(({ name, file }) => ({ name, patch: file.text })),
    })),
  }
}

function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined)
    throw new Error(`${what} was read without a diagnostic and without data`)
  return value
}
