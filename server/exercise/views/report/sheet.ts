import { timeOfDay } from '../../fold/clock-turns.ts'
import type { State } from '../../fold/state.ts'
import { namedTitle } from '../../scenario/named-title.ts'
import type { Lang } from '../../scenario/words.ts'
import type { SectorLook } from '../sectors/sector-shapes.ts'
import { type Curve, curveOf, type Picture } from './curve.ts'
import type { ReportDocument } from './document.ts'
import { documentOf, namesIn, type Report } from './report.ts'
import type { Words } from './words/words.ts'

/** All that a report on paper is made of, as data. */
export interface Sheet {
  readonly lang: Lang
  /** What the exercise is called. */
  readonly exercise: string
  /** Time of day at which exercise time was that of the report, ms since the epoch; 0 where that is not known. Never the time of the asking: the same facts make the same file. */
  readonly wall: number
  readonly document: ReportDocument
  readonly curves: Readonly<Record<Picture, Curve | null>>
  /** What the shapes in tables mean. */
  readonly marks: Readonly<Record<SectorLook, string>>
  /** Said where letters are in none of the paper's fonts. */
  readonly unprintable: string
}

/** A report as it goes to paper. */
export function sheetOf(report: Report, words: Words, state: State): Sheet {
  const { lang, labels } = words
  return {
    lang,
    exercise: namedTitle(state.name, state.scenario.title)[lang],
    wall: timeOfDay(state, report.facts.atMs) ?? state.clock.at(-1)?.wall ?? 0,
    document: documentOf(report, words, namesIn(state, lang)),
    curves: { affected: curveOf(report, 'affected'), lost: curveOf(report, 'lost') },
    marks: { ...words.state, best: labels.best },
    unprintable: labels.unprintable,
  }
}
