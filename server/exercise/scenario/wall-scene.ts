import type { Lang } from './words.ts'

/** Main views of the national picture; the usual one first. */
export const WALL_SCENES = ['situation', 'life', 'flow', 'story', 'countries', 'day', 'services'] as const
export type WallScene = (typeof WALL_SCENES)[number]

/** A page of a team's service that all big screens show, as a citizen sees it. */
export interface WallPage {
  readonly team: string
  readonly service: string
  /** With its query. */
  readonly path: string
  /** Of the browser that asks for it. */
  readonly lang: Lang
}

export const sameWallPage = (one: WallPage | null, other: WallPage): boolean =>
  one !== null &&
  one.team === other.team &&
  one.service === other.service &&
  one.path === other.path &&
  one.lang === other.lang
