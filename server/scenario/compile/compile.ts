import type { NamedPatch } from '../../engine/ports/loaded-scenario.ts'
import type { Persona } from '../../exercise/scenario/citizens.ts'
import type { FileRef } from '../../exercise/scenario/inject.ts'
import type { Attack, Scenario, ScoringWeights, TutorNote } from '../../exercise/scenario/model.ts'
import { perCategory } from '../../exercise/scenario/per-category.ts'
import { byMoment, type Outcome, type Trigger } from '../../exercise/scenario/trigger.ts'
import type { ScenarioFile } from '../schema/schema.ts'
import type { JourneyFile, ServiceFile, WeaknessFile } from '../schema/service-schema.ts'
import {
  attackObjectives,
  compileAttackEntries,
  compileInjects,
  compileNoteEntries,
  compileWorld,
} from './compile-entries.ts'

import { talksTo } from './talks-to.ts'

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
    readonly wrongFixes: readonly NamedPatch[]
    readonly otherFixes: readonly NamedPatch[]
  }[]
}

const NO_FILES: ReadonlyMap<string, FileRef> = new Map()

/**
 * What the pure core needs. Attacks stand at the moments that the author wrote; where within their jitter they come is drawn for each exercise. `files`: attachments
 * by their paths in the scenario folder.
 */
export function compileScenario(
  file: ScenarioFile,
  services: readonly ReadyService[],
  files: ReadonlyMap<string, FileRef> = NO_FILES,
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
      publicText: service.publicText,
      weight: file.services[index]?.weight ?? 1,
      needs: service.needs,
      ...talksTo({ id, service, journeys }, services),
      public: service.public,
      ...(service.icon && { icon: service.icon }),
      ...(service.hub && { hub: service.hub }),
      ...(service.collector && { collector: service.collector }),
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
      const { title, publicText, technique, owasp, cwe, hints, detect, takes } = found
      const planted = { id, service: serviceOf(id), title, publicText, technique, owasp, hints }
      return [{ ...planted, ...(cwe && { cwe }), ...(detect && { detect }), ...(takes && { takes }) }]
    }),
    attacks: [
      ...timeline.attacks.map(({ id, title, weakness, at, jitter, after, delay, manual, weight }): Attack => {
        const objectives = attackObjectives(file, weaknesses, weakness)
        return {
          id,
          title,
          weakness,
          service: serviceOf(weakness),
          trigger: triggerOf({ at, after, delay, manual }, 'concluded'),
          ...(jitter > 0 && { jitterMs: jitter }),
          ...(after !== undefined && { after }),
          weight: weight ?? weaknesses.get(weakness)?.weight ?? 1,
          ...(objectives.length > 0 && { objectives }),
        }
      }),
      ...compileAttackEntries(file, weaknesses),
    ].toSorted(byMoment),
    phases: timeline.phases.map(({ id, title, from, manual, preparation }) => ({
      id,
      title,
      trigger: triggerOf({ at: from, manual }),
      ...(preparation && { preparation }),
    })),
    tutor: [
      ...timeline.tutor.map(
        ({ id, text, at, landed, after, manual }): TutorNote => ({
          id,
          text,
          trigger: triggerOf({ at, after: landed, delay: after, manual }, 'open'),
        }),
      ),
      ...compileNoteEntries(file),
    ],
    injects: compileInjects(file, files),
    world: compileWorld(file),
    objectives: file.objectives,
    ...(!file.terminals.record && { terminals: { record: false } }),
    ...(file.life.length > 0 && {
      life: file.life.map(({ id, title, journeys }) => ({ id, title, journeys: journeys.map(journeyOf) })),
    }),
    scoring: compileScoring(scoring),
  }
}

function journeyOf(id: string) {
  const [service = '', journey = ''] = id.split('/')
  return { service, journey }
}

const toPersona = ({
  think,
  visits,
  journeys,
  ...rest
}: ScenarioFile['citizens']['personas'][number]): Persona => ({
  ...rest,
  ...(visits !== 1 && { visits }),
  thinkMs: think,
  journeys: Object.entries(journeys).map(([id, use]) => ({ ...journeyOf(id), use })),
})

interface Written {
  readonly at?: number | undefined
  readonly after?: string | undefined
  readonly delay?: number
  readonly manual?: boolean | undefined
}

/** What an author wrote, as one trigger. `outcome`: how the attack that is waited for must have come out. Durations in ms. */
function triggerOf({ at, after, delay = 0, manual }: Written, outcome: Outcome = 'concluded'): Trigger {
  if (manual) return { kind: 'manual' }
  if (at !== undefined || after === undefined) return { kind: 'at', atMs: at ?? 0 }
  return { kind: 'after', after: { kind: 'attack', id: after, outcome }, delayMs: delay }
}

const serviceOf = (id: string) => id.split('/')[0] ?? ''

/** As the file says it, in the units of the model. */
export const compileScoring = (scoring: ScenarioFile['scoring']): ScoringWeights => ({
  ...perCategory((category) => scoring[category]),
  slowCredit: scoring.slowCredit,
  brokenCredit: scoring.brokenCredit,
  recoveryFullMs: scoring.recoveryFull,
  recoveryZeroMs: scoring.recoveryZero,
  answerWithinMs: scoring.answerWithin,
  answerHoldsMs: scoring.answerHolds,
  hintCosts: scoring.hintCosts,
  reportWithinMs: scoring.reportWithin,
  revertCost: scoring.revertCost,
})
