import { join, resolve, sep } from 'node:path'
import type { ScenarioPages } from '../engine/ports/kept-file.ts'
import type { LoadedScenario } from '../engine/ports/loaded-scenario.ts'
import { LANGS } from '../exercise/scenario/words.ts'
import { readAttachments } from './brought/attachments.ts'
import { readPages } from './brought/pages.ts'
import { checkReferences } from './checks/references.ts'
import { checkService } from './checks/service-checks.ts'
import { checkSpread } from './checks/spread.ts'
import { compileScenario, type ReadyService } from './compile/compile.ts'
import { compileRange } from './compile/compile-range.ts'
import { type Diagnostic, inOrder } from './diagnostics/diagnostics.ts'
import { readSource, type Source, select, textsAt } from './diagnostics/read.ts'
import { ScenarioInvalid } from './diagnostics/scenario-invalid.ts'
import { type Catalogue, readCatalogue } from './roots/catalogue.ts'
import { hashScenario } from './roots/hash.ts'
import { refuseLinks } from './roots/links.ts'
import { rootsOf } from './roots/roots.ts'
import { languagesOf, readingOf } from './schema/author.ts'
import type { ScenarioFile } from './schema/schema.ts'
import { type FixFile, type Readings, readService, type ServiceFolder } from './service-files.ts'

export interface LoadOptions {
  /** Folder with `services/`; default: the one of this repository. */
  readonly infra?: string
  /** Further folders with `services/` or `weaknesses/`. */
  readonly packs?: readonly string[]
  /** The first so many teams of the scenario play; default: what the scenario says. */
  readonly teams?: number
}

const NO_PAGES: ScenarioPages = { first: LANGS[0], briefing: {}, instructor: {} }

const NO_LANGUAGE = 'say in which language the texts are: `languages: [en]`, or `title: { en: ... }`'

const INFRA = resolve(import.meta.dirname, '../../infra')

/** Reads a scenario folder and all that it uses. Throws `ScenarioInvalid` with everything that is wrong at once. */
export async function loadScenario(folder: string, options: LoadOptions = {}): Promise<LoadedScenario> {
  const { diagnostics, source, file, services, catalogue, infra, attached, pages } = await readScenario(
    folder,
    options,
  )
  if (source && file && options.teams !== undefined && !inRange(options.teams, file.teams.length)) {
    const message = `${options.teams} teams were asked for; the scenario has 1 to ${file.teams.length}`
    diagnostics.push(source.problem(['teams'], { code: 'out-of-range', message, key: true }))
  }
  if (!file || diagnostics.some((d) => d.severity === 'error'))
    throw new ScenarioInvalid(folder, inOrder(diagnostics))
  const ready = services.map(toReady)
  return {
    scenario: compileScenario(
      file,
      ready,
      new Map(attached.map(({ path, place: _, ...ref }) => [path, ref])),
    ),
    attached,
    pages,
    ...(await hashScenario({
      scenario: resolve(folder),
      infra,
      services: ready
        .flatMap(({ id, service }) => [id, ...(service.sources ? [service.sources] : [])])
        .map((id) => [id, present(catalogue.services.get(id), id).folder] as const),
      weaknesses: services.flatMap((service) =>
        service.weaknesses
          .filter((weakness) => !isBelow(weakness.folder, service.folder))
          .map((weakness) => [weakness.id, weakness.folder] as const),
      ),
    })),
    teams: file.teams.slice(0, options.teams ?? file.defaultTeams ?? file.teams.length),
    ...compileRange(ready),
  }
}

/** Everything that is wrong with a scenario folder and with the files of services that it uses, in reading order. */
export async function checkScenario(
  folder: string,
  options: LoadOptions = {},
): Promise<readonly Diagnostic[]> {
  return inOrder((await readScenario(folder, options)).diagnostics)
}

const isBelow = (path: string, folder: string) => path.startsWith(folder + sep)

const inRange = (teams: number, most: number) => Number.isInteger(teams) && teams >= 1 && teams <= most

async function readScenario(folder: string, options: LoadOptions) {
  const infra = resolve(options.infra ?? INFRA)
  const diagnostics: Diagnostic[] = []
  const roots = await rootsOf(folder, infra, options.packs ?? [], diagnostics)
  const catalogue = await readCatalogue(roots, diagnostics)
  for (const own of [folder, ...(options.packs ?? [])]) await refuseLinks(resolve(own), diagnostics)
  const source = await readSource(join(resolve(folder), 'scenario.yaml'), diagnostics)
  if (!source)
    return { diagnostics, source, file: null, services: [], catalogue, infra, attached: [], pages: NO_PAGES }
  const languages = languagesOf(source.value)
  const first = languages[0] ?? LANGS[0]
  const own = readingOf({ first, plain: true }, languages)
  const pack = readingOf({ first, plain: false }, languages)
  // Kilp's own services are in its own languages, whatever else the author writes in.
  const readings: Readings = { infra: readingOf({ first, plain: false }, []), scenario: own, pack }
  const file: ScenarioFile | null = own.scenario(source, diagnostics)
  for (const { path, value } of select(source.value, 'title'))
    if (typeof value === 'string' && languages.length === 0)
      diagnostics.push(source.problem(path, { code: 'no-language', message: NO_LANGUAGE }))
  const services = await readServices(source, catalogue, readings, diagnostics)
  checkReferences(source, catalogue, services, diagnostics)
  const attached = await readAttachments(source, resolve(folder), diagnostics)
  const pages = await readPages(resolve(folder), first, diagnostics)
  for (const service of services.values()) await checkService(service, services, catalogue, diagnostics)
  if (file && !diagnostics.some((d) => d.severity === 'error'))
    checkSpread(source, compileScenario(file, [...services.values()].map(toReady)), diagnostics)
  return { diagnostics, source, file, services: [...services.values()], catalogue, infra, attached, pages }
}

/** The deployed services in the scenario's order, each with the weaknesses planted in it. */
async function readServices(
  source: Source,
  catalogue: Catalogue,
  readings: Readings,
  report: Diagnostic[],
): Promise<ReadonlyMap<string, ServiceFolder>> {
  const names = (pattern: string, known: ReadonlyMap<string, unknown>) =>
    [...new Set(textsAt(source.value, pattern))].filter((name) => known.has(name))
  const planted = names('weaknesses.*', catalogue.weaknesses)
  const services = new Map<string, ServiceFolder>()
  for (const id of names('services.*.id', catalogue.services)) {
    const own = planted.filter((weakness) => weakness.startsWith(`${id}/`))
    services.set(id, await readService(catalogue, id, own, readings, report))
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
      wrongFixes: w.wrongFixes.map(toPatch),
      otherFixes: w.otherFixes.map(toPatch),
    })),
  }
}

const toPatch = ({ name, file }: FixFile) => ({ name, patch: file.text })

function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined)
    throw new Error(`${what} was read without a diagnostic and without data`)
  return value
}
