import type { ScenarioCard, ScenarioFault } from '../../exercise/wire/shelf.ts'
import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { RangeHost } from '../ports/range-host.ts'
import type { ScenarioPlace } from './open-list.ts'

/** The scenarios that this installation has to offer. */
export interface Shelf {
  list(): Promise<readonly (ScenarioCard | ScenarioFault)[]>
}

/** Scenarios are long to read: each is read once and again after this long, ms. */
const KEEP_MS = 60_000

export function openShelf(of: {
  readonly places: () => readonly ScenarioPlace[]
  /** The scenario, or why it can not be had. */
  readonly load: (place: ScenarioPlace) => Promise<LoadedScenario | string>
  readonly ranges: Pick<RangeHost, 'carries'>
  readonly now: () => number
}): Shelf {
  const kept = new Map<string, { readonly at: number; readonly loaded: Promise<LoadedScenario | string> }>()
  const loadedOf = (place: ScenarioPlace) => {
    const known = kept.get(place.folder)
    if (known && of.now() - known.at < KEEP_MS) return known.loaded
    // One that can not be read hides none of the others.
    const loaded = of.load(place).catch((error: unknown) => String(error))
    kept.set(place.folder, { at: of.now(), loaded })
    return loaded
  }
  return {
    async list() {
      const found: (ScenarioCard | ScenarioFault)[] = []
      for (const place of of.places()) {
        const loaded = await loadedOf(place)
        if (typeof loaded === 'string') found.push({ folder: place.folder, fault: loaded })
        else found.push({ ...place, ...(await cardOf(loaded)) })
      }
      return found
    },
  }

  async function cardOf({
    scenario,
    teams,
    range,
    pages,
  }: LoadedScenario): Promise<Omit<ScenarioCard, keyof ScenarioPlace>> {
    // The probe is one more.
    const containers = range.services.length + 1
    return {
      title: scenario.title,
      summary: scenario.summary,
      briefing:
        pages && Object.keys(pages.briefing).length > 0
          ? { first: pages.first, texts: pages.briefing }
          : null,
      durationMs: scenario.durationMs,
      teams: teams.map(({ id, name, pilot }) => ({ id, name, pilot })),
      services: scenario.services.length,
      attacks: scenario.attacks.length,
      messages: scenario.injects.length,
      containers,
      memoryMiB: range.services.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
      carries: await of.ranges.carries(containers).catch(() => null),
    }
  }
}
