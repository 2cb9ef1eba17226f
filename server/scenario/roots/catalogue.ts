import { join } from 'node:path'
import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { problemOf, shownPath } from '../diagnostics/read.ts'
import { entries, namesOf } from './folders.ts'
import { type Root, servicesIn, weaknessesIn } from './roots.ts'

/** Names that could be used, whether or not the scenario uses them. */
export interface Catalogue {
  readonly services: ReadonlyMap<string, Place>
  /** By `<service>/<name>`. */
  readonly weaknesses: ReadonlyMap<string, Place>
}

export interface Place {
  /** Absolute. */
  readonly folder: string
  readonly root: Root
}

/** The names that the platform itself gives to containers and folders. */
const TAKEN: Readonly<Record<string, string>> = {
  kit: 'what services share is called so',
  probe: 'the container that plays citizens and attackers is called so',
}

/** Everything that stands in the roots. A name that stands twice, and a folder that is nothing, is reported; the first one counts. */
export async function readCatalogue(roots: readonly Root[], report: Diagnostic[]): Promise<Catalogue> {
  const services = new Map<string, Place>()
  const weaknesses = new Map<string, Place>()
  for (const root of roots) await addServices(root, services, report)
  for (const [id, { folder, root }] of services)
    for (const name of namesOf(await entries(join(folder, 'weaknesses')), 'folders'))
      add(
        weaknesses,
        `${id}/${name}`,
        { folder: join(folder, 'weaknesses', name), root },
        'weakness.yaml',
        report,
      )
  for (const root of roots) await addWeaknesses(root, services, weaknesses, report)
  return { services, weaknesses }
}

async function addServices(root: Root, services: Map<string, Place>, report: Diagnostic[]): Promise<void> {
  const parent = servicesIn(root)
  for (const id of namesOf(await entries(parent), 'folders')) {
    const folder = join(parent, id)
    const taken = Object.hasOwn(TAKEN, id) ? TAKEN[id] : undefined
    if (namesOf(await entries(folder), 'files').includes('service.yaml')) {
      if (taken)
        report.push(
          problemOf(join(folder, 'service.yaml'), 'name-taken', `no service is called \`${id}\`: ${taken}`),
        )
      else add(services, id, { folder, root }, 'service.yaml', report)
    } else if (root.kind !== 'infra' && !taken && !id.startsWith('.')) {
      const message = `\`${id}\` has no service.yaml; weaknesses of a service that is elsewhere go into \`weaknesses/${id}/\` beside \`services/\``
      report.push(problemOf(folder, 'no-service', message))
    }
  }
}

async function addWeaknesses(
  root: Root,
  services: ReadonlyMap<string, Place>,
  weaknesses: Map<string, Place>,
  report: Diagnostic[],
): Promise<void> {
  const parent = weaknessesIn(root)
  for (const id of namesOf(await entries(parent), 'folders')) {
    if (id.startsWith('.')) continue
    if (!services.has(id)) {
      const hint = nearest(id, services.keys())
      const message = `there is no service \`${id}\` to have weaknesses${meant(hint)}; here they are \`weaknesses/<service>/<name>/\``
      report.push({ ...problemOf(join(parent, id), 'unknown-service', message), ...(hint && { hint }) })
      continue
    }
    for (const name of namesOf(await entries(join(parent, id)), 'folders'))
      add(weaknesses, `${id}/${name}`, { folder: join(parent, id, name), root }, 'weakness.yaml', report)
  }
}

/** Adds a name unless it is there: then both places are shown. */
function add(
  known: Map<string, Place>,
  name: string,
  place: Place,
  file: string,
  report: Diagnostic[],
): void {
  const first = known.get(name)
  if (first === undefined) known.set(name, place)
  else {
    const message = `\`${name}\` stands twice: here, and in ${shownPath(join(first.folder, file))}`
    report.push(problemOf(join(place.folder, file), 'name-twice', message))
  }
}
