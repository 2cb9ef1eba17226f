import type { State } from '../../fold/state.ts'
import { insider } from '../../ledger/audience.ts'
import type { Audience } from '../../scenario/model.ts'
import type { Lang } from '../../scenario/words.ts'
import type { LossSamples } from '../series.ts'
import type { ReportTable } from './csv.ts'
import type { Names, ReportDocument } from './document.ts'
import { exconDocument } from './excon-document.ts'
import { type ExconFacts, exconFacts } from './excon-facts.ts'
import { ministerDocument } from './minister-document.ts'
import { type MinisterFacts, ministerFacts } from './minister-facts.ts'
import { exconTables, ministerTables, teamTables } from './tables.ts'
import { teamDocument } from './team-document.ts'
import { type TeamFacts, teamFacts } from './team-facts.ts'

import type { Words } from './words/words.ts'

/** Which report: one for ministers, one for those who ran the exercise, and one of each team. */
export type Wanted =
  | { readonly reader: 'minister' }
  | { readonly reader: 'excon' }
  | { readonly reader: 'team'; readonly team: string }

export type Report =
  | { readonly reader: 'minister'; readonly facts: MinisterFacts }
  | { readonly reader: 'excon'; readonly facts: ExconFacts }
  | { readonly reader: 'team'; readonly facts: TeamFacts }

/** Whether somebody may read a report: white reads all, a team its own. */
export const mayRead = (asking: Audience, wanted: Wanted): boolean =>
  wanted.reader === 'team' ? insider(asking, wanted.team) : asking.seat === 'white'

/** A report as it stands at `atMs` of exercise time; null for those who may not read it, and where there is no such team. */
export function reportFor(
  state: State,
  losses: LossSamples | null,
  atMs: number,
  asking: Audience,
  wanted: Wanted,
): Report | null {
  if (!mayRead(asking, wanted)) return null
  if (wanted.reader === 'minister') return { reader: 'minister', facts: ministerFacts(state, atMs) }
  if (wanted.reader === 'excon') return { reader: 'excon', facts: exconFacts(state, atMs) }
  const facts = teamFacts(state, losses, atMs, wanted.team, asking)
  return facts && { reader: 'team', facts }
}

/** All numbers of a report as tables; titles in `lang`. */
export function tablesOf(report: Report, lang: Lang): readonly ReportTable[] {
  const tables =
    report.reader === 'minister'
      ? ministerTables(report.facts, lang)
      : report.reader === 'excon'
        ? exconTables(report.facts, lang)
        : teamTables(report.facts, lang)
  return Object.entries(tables).map(([name, table]) => ({ name, ...table }))
}

/** A report in words. */
export function documentOf(report: Report, words: Words, names: Names): ReportDocument {
  if (report.reader === 'minister') return ministerDocument(report.facts, words, names)
  if (report.reader === 'excon') return exconDocument(report.facts, words, names)
  return teamDocument(report.facts, words, names)
}

/** What services and teams of an exercise are called. */
export const namesIn = ({ scenario, teams }: State, lang: Lang): Names => ({
  service: (id) => scenario.services.find((one) => one.id === id)?.title[lang] ?? id,
  team: (id) => teams.find((one) => one.id === id)?.name[lang] ?? id,
})
