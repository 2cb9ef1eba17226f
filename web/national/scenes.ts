import { unusable } from '#exercise/fold/verdicts.ts'
import type { Service } from '#exercise/scenario/model.ts'
import { WALL_SCENES, type WallScene } from '#exercise/scenario/wall-scene.ts'
import type { ExerciseView, NationalView } from '#exercise/views/views.ts'
import { fateOf } from '#exercise/views/wall/life.ts'

/** What scenes are drawn from. */
export interface Seen {
  readonly view: NationalView
  readonly exercise: ExerciseView
  readonly services: readonly Service[]
}

/** What teams do at their desks pushes no outage out of a minister's sight. */
export const NO_NEWS: readonly string[] = ['story.ticket.answered', 'story.hint.taken']

/** Without an exchange, and services that ask through it, no data flows. */
export const hasFlow = (services: readonly Service[]): boolean => {
  const hub = services.find((service) => service.hub)
  return hub !== undefined && services.some((service) => service.public && service.needs.includes(hub.id))
}

/** Whether a scene says something now that the situation does not: a wall that changes its views by itself leaves out the others. */
const SPEAKS: Readonly<Record<WallScene, (seen: Seen) => boolean>> = {
  situation: () => true,
  life: ({ view }) => view.life.some((life) => fateOf(life) !== 'fine' && fateOf(life) !== 'unknown'),
  flow: ({ view, services }) =>
    hasFlow(services) && view.services.some(({ verdict }) => verdict === 'slow' || unusable(verdict)),
  story: ({ exercise }) => exercise.story.some(({ code }) => !NO_NEWS.includes(code)),
  countries: ({ view }) =>
    view.countries.length > 1 && view.countries.some(({ state }) => state !== 'holding'),
  day: ({ exercise }) => exercise.phases.length > 1 && exercise.phase !== 'ended',
  services: ({ view }) => view.working < view.services.length,
}

export const speaking = (seen: Seen): readonly WallScene[] =>
  WALL_SCENES.filter((scene) => SPEAKS[scene](seen))

/** What is new in a scene, in a word that changes with it. Of the story only what turned for the good or the bad counts. */
const NEWS: Readonly<Record<WallScene, (seen: Seen) => unknown>> = {
  situation: ({ view }) => [
    view.phase,
    view.situation.code,
    view.problems.map(({ id, open, solvedMs }) => [id, open.length, solvedMs]),
  ],
  life: ({ view }) =>
    view.life.map((life) => [life.id, life.out.length, life.slow.length, life.leaks.length]),
  flow: ({ view }) => view.services.map(({ verdict }) => verdict),
  story: ({ exercise }) =>
    exercise.story.findLast(({ tone, code }) => tone !== 'neutral' && !NO_NEWS.includes(code))?.position,
  countries: ({ view }) => [view.countries.map(({ state }) => state), view.problems.map(({ open }) => open)],
  day: ({ exercise }) => exercise.phases.find(({ now }) => now)?.id,
  services: ({ view }) => view.services.map(({ verdict, teamsNotUp }) => [verdict, teamsNotUp]),
}

export const newsOf = (scene: WallScene, seen: Seen): string => JSON.stringify(NEWS[scene](seen)) ?? ''

/** What has just happened stands so long at least. ms */
export const NEWS_STAYS_MS = 10_000

/** The scene that follows, when it is time: after `everyMs`, and not while something new has just happened in the one that is shown. Null: it stays. */
export function nextScene(
  scenes: readonly WallScene[],
  of: {
    readonly shown: WallScene
    readonly everyMs: number
    /** How long it has been shown, and how long ago something new happened in it. */
    readonly shownMs: number
    readonly newsMs: number
  },
): WallScene | null {
  if (of.shownMs < of.everyMs || of.newsMs < NEWS_STAYS_MS) return null
  const after = WALL_SCENES.slice(WALL_SCENES.indexOf(of.shown) + 1)
  const next = after.find((scene) => scenes.includes(scene)) ?? scenes[0]
  return next === undefined || next === of.shown ? null : next
}
