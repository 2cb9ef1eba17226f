import { useSyncExternalStore } from 'react'
import { WALL_SCENES } from '#exercise/scenario/wall-scene.ts'
import { LANGS, type Lang } from '#exercise/scenario/words.ts'

export const SCENES = [
  'start',
  'scoreboard',
  'national',
  'team',
  'instructor',
  'timeline',
  'observer',
  'report',
  'hot-wash',
  'team-report',
  'join',
  'home',
  'comparison',
] as const
export type Scene = (typeof SCENES)[number]
export const THEMES = ['dark', 'light'] as const
export type Theme = (typeof THEMES)[number]
/** Main views of the scoreboard, and of the national picture; the usual one first. */
export const BOARDS = ['sectors', 'services'] as const
export const PICTURES = WALL_SCENES
/** For whom a report is. */
export const REPORTS = ['minister', 'team', 'excon'] as const
/** Main views of white's report page: for each reader one, and what follows from the exercise. */
export const REPORT_VIEWS = [...REPORTS, 'plan', 'rescore'] as const
export type Board = (typeof BOARDS | typeof PICTURES | typeof REPORT_VIEWS)[number]
const KNOWN_BOARDS: readonly Board[] = [...BOARDS, ...PICTURES, ...REPORT_VIEWS]

/** What the URL says: `#/e/1a2b3c4d/team/kalev/tax/cases/C7?lang=et&theme=light&big=1`. null: not said, the viewer's own settings hold. */
export interface Route {
  /** Id of the exercise; null: the current one. */
  readonly exercise: string | null
  readonly scene: Scene
  /** Team of a team room, token of a join link. */
  readonly arg: string | null
  /** In a team's room, where a link leads: which service, and what of it. */
  readonly service: string | null
  readonly tab: string | null
  /** What of the tab: a case. */
  readonly item: string | null
  readonly lang: Lang | null
  readonly theme: Theme | null
  readonly big: boolean
  /** Main view of the scoreboard or of the national picture; null: the usual one. */
  readonly board: Board | null
  /** On a big screen, views change by themselves, each after so many seconds; null: they do not. */
  readonly rotate: number | null
  /** Whom a picture of several teams is about: the others are paler. null: all of them. */
  readonly pick: string | null
  /** Other weights than those of the record, as `scoringLink` writes them. null: those of the record. */
  readonly weights: string | null
  /** Without head, for a frame or a picture of the page in another one. */
  readonly embed: boolean
  /** The page as it was at this moment of exercise time, ms: a replay. null: as it is. */
  readonly at: number | null
}

/** Which of a page's main views is shown: the first, where the URL says nothing that it has. */
export const shownBoard = <B extends Board>(
  { board }: Pick<Route, 'board'>,
  boards: readonly [B, ...B[]],
): B => boards.find((one) => one === board) ?? boards[0]

/** Whether a page is of no moment of an exercise. */
export const isTimeless = ({ scene }: Route): boolean =>
  scene === 'start' || scene === 'join' || scene === 'home' || scene === 'comparison'

/** Reads a location hash. An unknown scene is the start page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const parts = path.split('/')
  const [exercise = null, scene, arg, service, tab, item] =
    parts[0] === 'e' ? parts.slice(1) : [null, ...parts]
  const params = new URLSearchParams(query)
  return {
    exercise: exercise ? decoded(exercise) : null,
    scene: SCENES.find((known) => known === scene) ?? 'start',
    arg: arg ? decoded(arg) : null,
    service: arg && service ? decoded(service) : null,
    tab: arg && service && tab ? decoded(tab) : null,
    item: arg && service && tab && item ? decoded(item) : null,
    lang: LANGS.find((known) => known === params.get('lang')) ?? null,
    theme: THEMES.find((known) => known === params.get('theme')) ?? null,
    big: params.get('big') === '1',
    board: KNOWN_BOARDS.find((known) => known === params.get('board')) ?? null,
    rotate: secondsOf(params.get('rotate')),
    pick: params.get('pick') || null,
    weights: params.get('weights') || null,
    embed: params.get('embed') === '1',
    at: momentOf(params.get('at')),
  }
}

/** Seconds of exercise time in the address, ms here. */
function momentOf(text: string | null): number | null {
  const seconds = text === null || text === '' ? Number.NaN : Number(text)
  return seconds >= 0 && Number.isFinite(seconds) ? seconds * 1000 : null
}

/** Faster than that nobody reads a view. */
const LEAST_S = 5
const MOST_S = 600

function secondsOf(text: string | null): number | null {
  const seconds = Math.round(Number(text))
  return seconds > 0 ? Math.min(MOST_S, Math.max(LEAST_S, seconds)) : null
}

/** A link that was cut in the middle of an escape is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function hrefOf(route: Route): string {
  const params = new URLSearchParams()
  if (route.lang) params.set('lang', route.lang)
  if (route.theme) params.set('theme', route.theme)
  if (route.big) params.set('big', '1')
  if (route.board) params.set('board', route.board)
  if (route.rotate !== null) params.set('rotate', `${route.rotate}`)
  if (route.pick) params.set('pick', route.pick)
  if (route.weights) params.set('weights', route.weights)
  if (route.embed) params.set('embed', '1')
  if (route.at !== null) params.set('at', `${Math.floor(route.at / 1000)}`)
  const path = [
    route.exercise && `e/${encodeURIComponent(route.exercise)}`,
    route.scene === 'start' ? '' : route.scene,
    ...[
      route.arg,
      route.arg && route.service,
      route.arg && route.service && route.tab,
      route.arg && route.service && route.tab && route.item,
    ].map((part) => part && encodeURIComponent(part)),
  ]
  const query = params.toString()
  return `#/${path.filter(Boolean).join('/')}${query ? `?${query}` : ''}`
}

const NOTHING_CHOSEN = { board: null, pick: null, rotate: null, weights: null } as const

/** A link from here: exercise, language and theme stay, the rest is as given. What a page shows stays where the page is the same. */
export function linkTo(scene: Scene, arg: string | null = null, big = false): string {
  const here = parseRoute(location.hash)
  const { board, pick, rotate, weights } = here.scene === scene ? here : NOTHING_CHOSEN
  return hrefOf({
    ...here,
    scene,
    arg,
    service: null,
    tab: null,
    item: null,
    big,
    board,
    pick,
    rotate,
    weights,
  })
}

/** A link from the instructor's pages into a team's room, to one of its services and what of it is wanted there. */
export function linkToService(team: string, service: string, tab: string): string {
  const here = parseRoute(location.hash)
  return hrefOf({
    ...here,
    scene: 'instructor',
    arg: team,
    service,
    tab,
    item: null,
    big: false,
    ...NOTHING_CHOSEN,
  })
}

/** A link into an exercise. */
export function linkInto(exercise: string, scene: Scene = 'start', arg: string | null = null): string {
  const here = parseRoute(location.hash)
  return hrefOf({
    ...here,
    exercise,
    scene,
    arg,
    service: null,
    tab: null,
    item: null,
    big: false,
    at: null,
    ...NOTHING_CHOSEN,
  })
}

/** A link to the national picture of an exercise, played again from its beginning. */
export const linkToReplay = (exercise: string): string =>
  hrefOf({ ...parseRoute(linkInto(exercise, 'national')), at: 0 })

/** Path of the interface for the exercise of this page: `/api/exercises/ID/logs`. */
export function apiPath(what: string): string {
  const { exercise } = parseRoute(location.hash)
  return exercise === null ? `/api/${what}` : `/api/exercises/${encodeURIComponent(exercise)}/${what}`
}

/** A key for what this browser keeps of one exercise; of the current one it is the key itself. */
export function keyInExercise(key: string): string {
  const { exercise } = parseRoute(location.hash)
  return exercise === null ? key : `${key}@${exercise}`
}

/** `replace`: without a step in the browser's history, as for a token that must not stay there. */
export function go(href: string, replace = false): void {
  if (!replace) {
    location.hash = href
    return
  }
  history.replaceState(null, '', href)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function listen(call: () => void): () => void {
  addEventListener('hashchange', call)
  return () => removeEventListener('hashchange', call)
}

let last: { readonly hash: string; readonly route: Route } | null = null
function current(): Route {
  if (last?.hash !== location.hash) last = { hash: location.hash, route: parseRoute(location.hash) }
  return last.route
}

export function useRoute(): Route {
  return useSyncExternalStore(listen, current)
}
