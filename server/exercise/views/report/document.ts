import type { SectorLook } from '../sectors/sector-shapes.ts'

/** What a report is made of, for whoever shows it: a page, Markdown, paper. Everything in it is words already. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | Table
  /** Drawn from the facts where pictures are drawn; its numbers stand in tables. */
  | { readonly kind: 'picture'; readonly picture: 'affected' | 'lost'; readonly caption: string }

export interface Table {
  readonly kind: 'table'
  readonly name: string
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A line of a list, and where it leads. */
export interface Item {
  readonly text: string
  readonly href?: string
}

/** `number`: it stands at the end of its column. `heat`: how dark it is, 0..1. */
export interface Cell {
  readonly text: string
  readonly number?: true
  readonly heat?: number
  /** What stands in its place where there is no room, beside its shape. */
  readonly short?: string
  /** Whose shape stands before it. */
  readonly mark?: SectorLook
}

export interface ReportDocument {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** How ids of an exercise are called in the language of a report. */
export interface Names {
  readonly service: (id: string) => string
  readonly team: (id: string) => string
}

export const heading = (text: string): Block => ({ kind: 'heading', text })
export const text = (said: string): Block => ({ kind: 'text', text: said })
/** The lines, or one sentence where there are none. */
export const list = (items: readonly (string | Item)[], none: string): Block =>
  items.length === 0
    ? text(none)
    : { kind: 'list', items: items.map((item) => (typeof item === 'string' ? { text: item } : item)) }
export const cell = (said: string): Cell => ({ text: said })
export const number = (said: string): Cell => ({ text: said, number: true })

/** With more columns than these, cells say only what is needed. */
const ROOMY = 8

/** Whether a table is so wide that its cells say what is short. */
export const isDense = ({ head, rows }: Table): boolean =>
  head.length > ROOMY && rows.some((cells) => cells.some(({ short }) => short !== undefined))

/** Whose shapes stand in a table, each once. */
export const marksIn = ({ rows }: Table): readonly SectorLook[] => [
  ...new Set(rows.flatMap((cells) => cells.flatMap(({ mark }) => mark ?? []))),
]
