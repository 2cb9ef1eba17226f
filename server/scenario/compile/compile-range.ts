import { formatPatch, parsePatch, reversePatch } from 'diff'
import type { LoadedScenario, ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import type { Script } from '../../engine/ports/script.ts'
import { lootNamed } from '../checks/templates.ts'
import type { JourneyFile, WeaknessFile } from '../schema/service-schema.ts'
import type { AuthoredStep } from '../schema/steps.ts'
import type { ReadyService } from './compile.ts'
import { toSteps } from './to-steps.ts'

/** What the range is built from and what pilots may type. */
export function compileRange(services: readonly ReadyService[]): Pick<LoadedScenario, 'range' | 'patches'> {
  const weaknesses = services.flatMap((s) => s.weaknesses.map((w) => ({ ...w, service: s })))
  const database = services.find(({ service }) => service.database)?.id ?? ''
  const steps = (authored: readonly AuthoredStep[]) => authored.flatMap((step) => toSteps(step, database))
  const journey = ({ steps: own, slowAfter, deadline }: JourneyFile): Script => ({
    setup: [],
    steps: steps(own),
    slowAfterMs: slowAfter,
    deadlineMs: deadline,
  })
  /** An attacker's script is never slow: it lands or it does not. */
  const attack = (
    own: readonly AuthoredStep[],
    { deadline, setup = [], atOnce, once, canary }: WeaknessFile,
    witness?: readonly AuthoredStep[],
  ): Script => ({
    canary,
    setup: steps(setup),
    ...(atOnce && { atOnce }),
    ...(own.some((step) => 'listen' in step) ? { once: 'all' as const } : once && { once }),
    steps: steps(own),
    ...(witness && { witness: steps(witness) }),
    slowAfterMs: deadline,
    deadlineMs: deadline,
  })
  return {
    range: {
      services: services.map((service) =>
        toSpec(service, envOf(service, services), plantsOf(service, services)),
      ),
      journeys: Object.fromEntries(
        services.flatMap((s) => s.journeys.map((one) => [`${s.id}/${one.id}`, journey(one.journey)])),
      ),
      exploits: Object.fromEntries(
        weaknesses.map(({ id, weakness }) => [id, attack(weakness.exploit, weakness, weakness.witness)]),
      ),
      footholds: Object.fromEntries(
        weaknesses.flatMap(({ id, weakness: { setup: _, ...rest } }) =>
          // Nobody is a witness to what an attacker left; it is asked for more than once all the same.
          rest.foothold ? [[id, attack(rest.foothold, rest, [])]] : [],
        ),
      ),
      witnesses: Object.fromEntries(
        weaknesses.flatMap(({ id, weakness }) =>
          weakness.witness ? [[id, attack(weakness.witness, weakness)]] : [],
        ),
      ),
    },
    patches: Object.fromEntries(
      weaknesses.map(({ id, weakness, plant, wrongFixes, otherFixes, service }) => [
        id,
        {
          plant,
          fix: formatPatch(reversePatch(parsePatch(plant))),
          wrongFixes,
          otherFixes,
          journeys: weakness.journeys ?? service.journeys.map((j) => `${service.id}/${j.id}`),
          cleanup: weakness.cleanup ?? '',
          foothold: weakness.foothold !== undefined,
          witness: weakness.witness !== undefined,
          lootFrom: lootSources(id, new Map(weaknesses.map((w) => [w.id, w.weakness]))),
        },
      ]),
    ),
  }
}

/** A service's own variables, what others add to them, and who from elsewhere is on X-Road: infra/services/kit/members.ts. */
function envOf({ id, service }: ReadyService, all: readonly ReadyService[]): ServiceSpec['env'] {
  const env: Record<string, string> = { ...service.env }
  for (const { service: other } of all)
    for (const [name, value] of Object.entries(other.joins[id] ?? {}))
      env[name] = env[name] === undefined ? value : `${env[name].trimEnd()} ${value}`
  const members = all.flatMap(({ id: subsystem, service: { member } }) =>
    member
      ? [
          [
            subsystem,
            {
              memberClass: member.class,
              memberCode: member.code,
              name: { en: member.name.en, et: member.name.et, ja: member.name.ja },
              offers: member.offers.map(({ path, ...offer }) => ({
                ...offer,
                url: `http://${subsystem}${path}`,
              })),
              asks: member.asks,
            },
          ],
        ]
      : [],
  )
  return members.length > 0 ? { ...env, KILP_MEMBERS: JSON.stringify(Object.fromEntries(members)) } : env
}

/** A service that runs another one's sources is planted alike: otherwise it would show the team what the other one's lack. */
function plantsOf({ id, service }: ReadyService, all: readonly ReadyService[]): ServiceSpec['plants'] {
  const sources = service.sources ?? id
  return all
    .filter((other) => other.id === sources || other.id === id)
    .flatMap(({ weaknesses }) => weaknesses.map((w) => ({ weakness: w.id, patch: w.plantPath })))
}

function toSpec(
  { id, folder, service, journeys }: ReadyService,
  env: ServiceSpec['env'],
  plants: ServiceSpec['plants'],
): ServiceSpec {
  const { networks, needs, memoryMiB, cpus, pids, capabilities, readyWithinMs } = service
  const alive = journeys.find(({ journey }) => journey.alive)?.id ?? ''
  return {
    id,
    folder,
    alive,
    networks,
    needs,
    memoryMiB,
    cpus,
    pids,
    capabilities,
    readyWithinMs,
    env,
    plants,
    ...(service.collector && { collector: service.collector }),
  }
}

/** Weaknesses whose loot a weakness's scripts use, and those that these need, each before what needs it. */
function lootSources(id: string, all: ReadonlyMap<string, WeaknessFile>): readonly string[] {
  const found = new Set<string>()
  const visit = (at: string) => {
    for (const source of lootNamed(all.get(at)))
      if (source !== id && !found.has(source)) {
        visit(source)
        found.add(source)
      }
  }
  visit(id)
  return [...found]
}
