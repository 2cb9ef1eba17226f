import type { Lang } from '../exercise/scenario/words.ts'
import type { Style } from './faces.ts'

/** A4, pt. */
const SHORT = 595.28
const LONG = 841.89
export const pageSize = (wide: boolean): [number, number] => (wide ? [LONG, SHORT] : [SHORT, LONG])

/** Around what is written, pt; the footer stands in the lower one. */
export const SIDE = 54
export const TOP = 48
export const BOTTOM = 58

export const INK = '#14202b'
export const SOFT = '#465563'
export const LINE = '#c5ced7'
export const ACCENT = '#007a87'
/** What attackers' time is shaded with, as on the pages; letters stay readable on the darkest. */
const BAD = [0x9c, 0x0b, 0x30] as const
const DARKEST = 0.45
export const shadeOf = (heat: number): [number, number, number] => {
  const part = Math.max(0, Math.min(1, heat)) * DARKEST
  const [red, green, blue] = BAD
  const mixed = (colour: number) => Math.round(255 + (colour - 255) * part)
  return [mixed(red), mixed(green), mixed(blue)]
}

export const TITLE: Style = { size: 21, bold: true, colour: INK }
export const HEADING: Style = { size: 13, bold: true, colour: INK }
export const BODY: Style = { size: 10, colour: INK }
export const ASIDE: Style = { size: 9, colour: SOFT }
export const FOOT: Style = { size: 8, colour: SOFT }

/** From one baseline to the next, in sizes: Japanese letters fill their line more. */
export const leading = (lang: Lang): number => (lang === 'ja' ? 1.6 : 1.45)
/** The same in tables. */
export const tableLeading = (lang: Lang): number => (lang === 'ja' ? 1.4 : 1.25)
/** From the top of a line to its baseline, as part of its height. */
export const BASELINE = 0.72
/** Above and below what a row of a table says, pt. */
export const ROW_PAD = 2.5
