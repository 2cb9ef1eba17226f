import { basename, join } from 'node:path'
import { type Diagnostic, meant, nearest } from './diagnostics/diagnostics.ts'
import { readSource, readText, type Source, select, type TextFile } from './diagnostics/read.ts'
import type { Catalogue, Place } from './roots/catalogue.ts'
import { entries, isPart, namesOf } from './roots/folders.ts'
import type { Root } from './roots/roots.ts'
import type { Reading } from './schema/author.ts'
import type { JourneyFile, ServiceFile, WeaknessFile } from './schema/service-schema.ts'

/** How files are read that stand in a root: each has its authors. */
export type Readings = Readonly<Record<Root['kind'], Reading>>

/** A YAML file that was read; `data` is null when it does not fit its schema. */
export interface Read<T> {
  readonly source: Source
  readonly data: T | null
}

export interface WeaknessFolder {
  readonly id: string
  /** Absolute. */
  readonly folder: string
  readonly yaml: Read<WeaknessFile> | null
  /** Absolute. */
  readonly plantPath: string
  readonly plant: TextFile | null
  readonly wrongFixes: readonly FixFile[]
  /** Correct ones beside the reference fix. */
  readonly otherFixes: readonly FixFile[]
}

/** A patch of the planted source, named by its file. */
export interface FixFile {
  readonly name: string
  readonly file: TextFile
}

/** Everything of one service folder that a scenario uses. */
export interface ServiceFolder {
  readonly id: string
  /** Absolute. */
  readonly folder: string
  /** Absolute; another service's folder where `sources` of service.yaml says so. */
  readonly sources: string
  readonly yaml: Read<ServiceFile> | null
  readonly journeys: ReadonlyMap<string, Read<JourneyFile>>
  /** Only those that the scenario plants, in its order. */
  readonly weaknesses: readonly WeaknessFolder[]
}

/** Reads service.yaml and all journeys of a service of the catalogue, and those weaknesses of it that are `planted`, wherever they stand. */
export async function readService(
  { services, weaknesses: known }: Catalogue,
  id: string,
  planted: readonly string[],
  readings: Readings,
  report: Diagnostic[],
): Promise<ServiceFolder> {
  const place = services.get(id)
  if (!place) throw new Error(`${id} is not in the catalogue`)
  const { folder } = place
  const reading = readings[place.root.kind]
  const source = await readSource(join(folder, 'service.yaml'), report)
  const files = namesOf(await entries(join(folder, 'journeys')), 'files').filter((name) =>
    /\.ya?ml$/.test(name),
  )
  const journeys = new Map<string, Read<JourneyFile>>()
  for (const name of files) {
    const journey = await readSource(join(folder, 'journeys', name), report)
    if (!journey) continue
    journeys.set(name.replace(/\.ya?ml$/, ''), {
      source: journey,
      data: reading.journey(journey, report),
    })
  }
  const weaknesses: WeaknessFolder[] = []
  for (const name of planted) {
    const at = known.get(name)
    if (at) weaknesses.push(await readWeakness(at, name, readings[at.root.kind], report))
  }
  const [sources] = source ? select(source.value, 'sources') : []
  return {
    id,
    folder,
    sources: (typeof sources?.value === 'string' && services.get(sources.value)?.folder) || folder,
    yaml: source && { source, data: reading.service(source, report) },
    journeys,
    weaknesses,
  }
}

async function readWeakness(
  { folder }: Place,
  id: string,
  reading: Reading,
  report: Diagnostic[],
): Promise<WeaknessFolder> {
  const source = await readSource(join(folder, 'weakness.yaml'), report)
  const plantPath = join(folder, 'plant.patch')
  const plant = await readText(plantPath, report)
  const wrongFixes = await readFixes(join(folder, 'wrong-fixes'), report)
  if (source && wrongFixes.length < 2)
    report.push(
      source.problem([], {
        code: 'wrong-fixes',
        message: `a weakness has two wrong fixes at least, in wrong-fixes/*.patch; here: ${wrongFixes.length}`,
      }),
    )
  if (source) await refuseStrangers(folder, source, report)
  return {
    id,
    folder,
    yaml: source && { source, data: reading.weakness(source, report) },
    plantPath,
    plant,
    wrongFixes,
    otherFixes: await readFixes(join(folder, 'other-fixes'), report),
  }
}

async function readFixes(folder: string, report: Diagnostic[]): Promise<readonly FixFile[]> {
  const fixes: FixFile[] = []
  for (const name of namesOf(await entries(folder), 'files').filter((file) => file.endsWith('.patch'))) {
    const file = await readText(join(folder, name), report)
    if (file) fixes.push({ name: basename(name, '.patch'), file })
  }
  return fixes
}

const FIX_FOLDERS = ['wrong-fixes', 'other-fixes']

/** What stands where nothing reads it, as a misspelt key does: a folder of another name, and a fix that is no `.patch`. */
async function refuseStrangers(folder: string, source: Source, report: Diagnostic[]): Promise<void> {
  const refuse = (message: string) => report.push(source.problem([], { code: 'unread-file', message }))
  const folders = namesOf((await entries(folder)).filter(isPart), 'folders')
  for (const name of folders.filter((one) => !FIX_FOLDERS.includes(one)))
    refuse(`\`${name}/\` is no folder of a weakness${meant(nearest(name, FIX_FOLDERS))}`)
  for (const kind of FIX_FOLDERS)
    for (const { name } of (await entries(join(folder, kind))).filter(isPart))
      if (!name.endsWith('.patch')) refuse(`\`${kind}/${name}\` is no fix: each is a file \`<name>.patch\``)
}
