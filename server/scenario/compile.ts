import { createHash } from 'node:crypto'
import type { LoadedScenario, ServiceSpec } from '../engine/ports.ts'
import type { Script } from '../engine/script.ts'
import type { Attack, Persona, Scenario, TutorNote } from '../exercise/scenario/model.ts'
import { perCategory } from '../exercise/scenario/per-category.ts'
import type { ScenarioFile } from './schema.ts'
import type { JourneyFile, ServiceFile, WeaknessFile } from './service-schema.ts'
import { toStep } from './steps.ts'
import { lootNamed } from './templates.ts'

/** A service whose files all fit their schemas. */
export interface ReadyService {
  readonly id: string
  /** Of its sources. */
  readonly folder: string
  readonly service: ServiceFile
  readonly journeys: readonly { readonly id: string; readonly journey: JourneyFile }[]
  readonly weaknesses: readonly {
    readonly id: string
    readonly weakness: WeaknessFile
    readonly plantPath: string
    readonly plant: string
    readonly wrongFixes: readonly { readonly name: string; readonly patch: string }[]
  }[]
}

/** What the pure core needs. `seed` decides where within its jitter an attack comes: the same seed, the same plan. */
export function compileScenario(
  file: ScenarioFile,
  services: readonly ReadyService[],
  seed: string,
): Scenario {
  const weaknesses = new Map(services.flatMap((s) => s.weaknesses).map((w) => [w.id, w.weakness]))
  const { scoring, timeline } = file
  return {
    slug: file.slug,
    title: file.title,
    summary: file.summary,
    durationMs: file.duration,
    population: file.population,
    aliveEveryMs: file.checks.aliveEvery,
    services: services.map(({ id, service, journeys }, index) => ({
      id,
      title: service.title,
      plain: service.plain,
      weight: file.services[index]?.weight ?? 1,
      needs: service.needs,
      public: service.public,
      journeys: journeys.map(({ id: name, journey }) => ({
        id: name,
        title: journey.title,
        alive: journey.alive,
        everyMs: journey.alive
          ? file.checks.aliveEvery
          : (file.checks.journeys[`${id}/${name}`] ?? journey.every),
      })),
    })),
    citizens: {
      visitsPerMinute: file.citizens.visitsPerMinute,
      personas: file.citizens.personas.map(toPersona),
    },
    weaknesses: file.weaknesses.flatMap((id) => {
      const found = weaknesses.get(id)
      if (!found) return []
      const { title, plain, technique, owasp, hints } = found
      return [{ id, service: serviceOf(id), title, plain, technique, owasp, hints }]
    }),
    attacks: timeline.attacks
      .map(
        ({ id, title, weakness, at, jitter, after, weight }): Attack => ({
          id,
          title,
          weakness,
          service: serviceOf(weakness),
          atMs: at + jitterOf(seed, id, jitter),
          ...(after !== undefined && { after }),
          weight: weight ?? weaknesses.get(weakness)?.weight ?? 1,
        }),
      )
      .toSorted((a, b) => a.atMs - b.atMs),
    phases: timeline.phases.map(({ id, title, from }) => ({ id, title, fromMs: from })),
    tutor: timeline.tutor.map(
      ({ id, text, at, landed, after }): TutorNote => ({
        id,
        text,
        when: landed === undefined ? { atMs: at ?? 0 } : { attack: landed, afterMs: after },
      }),
    ),
    scoring: {
      ...perCategory((category) => scoring[category]),
      slowCredit: scoring.slowCredit,
      brokenCredit: scoring.brokenCredit,
      recoveryFullMs: scoring.recoveryFull,
      recoveryZeroMs: scoring.recoveryZero,
      answerWithinMs: scoring.answerWithin,
      answerHoldsMs: scoring.answerHolds,
      hintCosts: scoring.hintCosts,
    },
  }
}

const toPersona = ({ think, journeys, ...rest }: ScenarioFile['citizens']['personas'][number]): Persona => ({
  ...rest,
  thinkMs: think,
  journeys: Object.entries(journeys).map(([id, use]) => {
    const [service = '', journey = ''] = id.split('/')
    return { service, journey, use }
  }),
})

const serviceOf = (id: string) => id.split('/')[0] ?? ''

/** Between -jitter and +jitter ms, decided by the seed and the attack alone. */
export function jitterOf(seed: string, attack: string, jitterMs: number): number {
  const share = createHash('sha256').update(`${seed}\0${attack}`).digest().readUInt32BE(0) / 0xffffffff
  return Math.round((share * 2 - 1) * jitterMs)
}

/** What the range is built from and what pilots may type. */
export function compileRange(services: readonly ReadyService[]): Pick<LoadedScenario, 'range' | 'patches'> {
  const weaknesses = services.flatMap((s) => s.weaknesses.map((w) => ({ ...w, service: s })))
  return {
    range: {
      services: services.map(toSpec),
      journeys: Object.fromEntries(
        services.flatMap((s) =>
          s.journeys.map(({ id, journey }) => [`${s.id}/${id}`, journeyScript(journey)]),
        ),
      ),
      exploits: Object.fromEntries(weaknesses.map(({ id, weakness }) => [id, exploitScript(weakness)])),
      footholds: Object.fromEntries(
        weaknesses.flatMap(({ id, weakness }) =>
          weakness.foothold ? [[id, footholdScript(weakness.foothold, weakness.deadline)]] : [],
        ),
      ),
    },
    patches: Object.fromEntries(
      weaknesses.map(({ id, weakness, plant, wrongFixes, service }) => [
        id,
        {
          plant,
          wrongFixes,
          journeys: weakness.journeys ?? service.journeys.map((j) => `${service.id}/${j.id}`),
          cleanup: weakness.cleanup ?? '',
          foothold: weakness.foothold !== undefined,
          lootFrom: lootSources(id, new Map(weaknesses.map((w) => [w.id, w.weakness]))),
        },
      ]),
    ),
  }
}

function toSpec({ id, folder, service, journeys, weaknesses }: ReadyService): ServiceSpec {
  const { networks, needs, memoryMiB, cpus, pids, capabilities, readyWithinMs, env } = service
  const plants = weaknesses.map((w) => ({ weakness: w.id, patch: w.plantPath }))
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
  }
}

const journeyScript = ({ steps, slowAfter, deadline }: JourneyFile): Script => ({
  setup: [],
  steps: steps.map(toStep),
  slowAfterMs: slowAfter,
  deadlineMs: deadline,
})

const footholdScript = (steps: NonNullable<WeaknessFile['foothold']>, deadlineMs: number): Script => ({
  setup: [],
  steps: steps.map(toStep),
  slowAfterMs: deadlineMs,
  deadlineMs,
})

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

/** An exploit is never slow: it lands or it does not. */
const exploitScript = ({ setup, exploit, deadline }: WeaknessFile): Script => ({
  setup: (setup ?? []).map(toStep),
  steps: exploit.map(toStep),
  slowAfterMs: deadline,
  deadlineMs: deadline,
})
