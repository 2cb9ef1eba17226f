import { createRequire } from 'node:module'
import type { Bidi } from 'bidi-js'
import type { Family } from './fonts.ts'

/** What a reader takes for one sign, and what it is written with. */
export interface Sign {
  readonly text: string
  readonly family: Family
}

/** What is written at once. `rightToLeft`: the font itself turns and joins its letters. */
export interface Run {
  readonly family: Family
  readonly text: string
  readonly rightToLeft: boolean
}

// Its types speak of a module, and it is none.
const bidi: Bidi = createRequire(import.meta.url)('bidi-js')()
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/gu
const LETTER = /\p{L}/gu
const NON_JOINER = '\u200c'
const FIRST = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u
const turns = (family: Family): boolean => family === 'arabic' || family === 'hebrew'

/** Whether any of it runs from right to left. */
export const runsBack = (text: string): boolean => text.search(RIGHT_TO_LEFT) >= 0

/**
 * A line in the order in which it stands on paper, from left to right, by Unicode's rules (UAX #9). Reports and the names in them run from left to right, what begins in Arabic or Hebrew
 * letters and mostly has such the other way.
 */
export function inVisualOrder(signs: readonly Sign[]): readonly Run[] {
  const line = signs.map(({ text }) => text).join('')
  const turned = line.match(RIGHT_TO_LEFT)?.length ?? 0
  if (turned === 0) return joined(signs.map((sign) => ({ ...sign, level: 0 })))
  const most = FIRST.test(line) && turned * 2 > (line.match(LETTER)?.length ?? 0)
  const embedding = bidi.getEmbeddingLevels(line, most ? 'rtl' : 'ltr')
  const owner = signs.flatMap(({ text }, nth) => Array.from({ length: text.length }, () => nth))
  const first = signs.map((_, nth) => owner.indexOf(nth))
  const order = [...new Set(bidi.getReorderedIndices(line, embedding).map((at) => owner[at] ?? 0))]
  return joined(
    order.flatMap((nth) => {
      const sign = signs[nth]
      return sign ? { ...sign, level: embedding.levels[first[nth] ?? 0] ?? 0 } : []
    }),
  )
}

/** Neighbours of one family and direction, as one. */
function joined(signs: readonly (Sign & { readonly level: number })[]): readonly Run[] {
  const runs: Run[] = []
  for (const { text, family, level } of signs) {
    const back = level % 2 === 1
    const rightToLeft = back && turns(family)
    // A font that turns its letters by itself is given numbers one by one: they run from left to right.
    const alone = !back && turns(family)
    const written =
      back && !rightToLeft ? (bidi.getMirroredCharacter(text) ?? text) : text.replaceAll(NON_JOINER, '')
    const last = runs.at(-1)
    // Letters that are kept apart do not join where another run begins.
    const apart = alone || (rightToLeft && text.endsWith(NON_JOINER))
    if (last && !apart && last.family === family && last.rightToLeft === rightToLeft)
      runs[runs.length - 1] = { ...last, text: rightToLeft ? written + last.text : last.text + written }
    else runs.push({ family, text: written, rightToLeft })
  }
  return runs
}
