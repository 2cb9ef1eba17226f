import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkShape } from './diagnose.ts'
import type { Diagnostic } from './diagnostics.ts'
import { readSource, readText, type Source, select, type TextFile } from './read.ts'
import {
  type JourneyFile,
  journeySchema,
  type ServiceFile,
  serviceSchema,
  type WeaknessFile,
  weaknessSchema,
} from './service-schema.ts'

/** A YAML file that was read; `data` is null when it does not fit its schema. */
export interface Read<T> {
  readonly source: Source
  readonly data: T | null
}

export interface WeaknessFolder {
  readonly id: string
  readonly yaml: Read<WeaknessFile> | null
  /** Absolute. */
  readonly plantPath: string
  readonly plant: TextFile | null
  readonly wrongFixes: readonly { readonly name: string; readonly file: TextFile }[]
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

/** Entries of a folder in a stable order; none when it is not there. */
export async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found.toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return []
    throw error
  }
}

export const namesOf = (found: readonly Dirent[], kind: 'folders' | 'files') =>
  found
    .filter((entry) => (kind === 'folders' ? entry.isDirectory() : entry.isFile()))
    .map((entry) => entry.name)

/** Reads service.yaml, all journeys, and the named weaknesses of a service folder. */
export async function readService(
  infra: string,
  id: string,
  planted: readonly string[],
  report: Diagnostic[],
): Promise<ServiceFolder> {
  const folder = join(infra, 'services', id)
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
      data: checkShape(journey, journeySchema, report),
    })
  }
  const weaknesses: WeaknessFolder[] = []
  for (const name of planted) weaknesses.push(await readWeakness(folder, id, name, report))
  const [sources] = source ? select(source.value, 'sources') : []
  return {
    id,
    folder,
    sources: typeof sources?.value === 'string' ? join(infra, 'services', sources.value) : folder,
    yaml: source && { source, data: checkShape(source, serviceSchema, report) },
    journeys,
    weaknesses,
  }
}

async function readWeakness(
  serviceFolder: string,
  service: string,
  name: string,
  report: Diagnostic[],
): Promise<WeaknessFolder> {
  const folder = join(serviceFolder, 'weaknesses', name)
  const source = await readSource(join(folder, 'weakness.yaml'), report)
  const plantPath = join(folder, 'plant.patch')
  const plant = await readText(plantPath, report)
  const names = namesOf(await entries(join(folder, 'wrong-fixes')), 'files').filter((file) =>
    file.endsWith('.patch'),
  )
  const wrongFixes: { name: string; file: TextFile }[] = []
  for (const file of names) {
    const patch = await readText(join(folder, 'wrong-fixes', file), report)
    if (patch) wrongFixes.push({ name: basename(file, '.patch'), file: patch })
  }
  if (source && names.length < 2)
    report.push(
      source.problem([], {
        code: 'wrong-fixes',
        message: `a weakness has two wrong fixes at least, in wrong-fixes/*.patch; here: ${names.length}`,
      }),
    )
  return {
    id: `${service}/${name}`,
    yaml: source && { source, data: checkShape(source, weaknessSchema, report) },
    plantPath,
    plant,
    wrongFixes,
  }
}
