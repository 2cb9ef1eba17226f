import { formatsOf } from '../../scenario/formats.ts'
import { type Block, cell, heading, list, type Names, number, type ReportDocument, text } from './document.ts'
import type { MinisterFacts, StandingFacts } from './minister-facts.ts'
import type { Words } from './words/words.ts'

/** One page in plain words. */
export function ministerDocument(facts: MinisterFacts, words: Words, names: Names): ReportDocument {
  const { labels, lang } = words
  const { attacks, peak, taken } = facts
  return {
    title: words.title('minister', facts.title[lang]),
    blocks: [
      text(words.asOf(facts.atMs, facts.durationMs, facts.ended)),
      ...(facts.instructors.length === 0 ? [] : [text(words.ranBy(facts.instructors))]),
      heading(labels.exercised),
      text(
        words.paragraph([
          words.exercised(facts.teams, facts.services.length, facts.atMs),
          facts.summary[lang],
        ]),
      ),
      ...(facts.objectives.length === 0
        ? []
        : [
            {
              kind: 'table',
              name: 'objectives',
              caption: labels.objectives,
              head: [labels.objective, labels.reached],
              rows: facts.objectives.map(({ title, reached }) => [
                cell(title[lang]),
                cell(words.reached[reached]),
              ]),
            } as const,
          ]),
      heading(labels.people),
      text(
        peak === null
          ? words.nobodyAffected
          : words.paragraph([
              words.peak(peak.people, facts.population, peak.atMs),
              words.hours(facts.personHours),
            ]),
      ),
      ...(peak === null
        ? []
        : [{ kind: 'picture', picture: 'affected', caption: labels.curveAffected } as const]),
      list(
        taken.map((one) =>
          words.taken(
            one.what[lang],
            one.people,
            names.service(one.service),
            one.teams.length,
            one.open.length,
          ),
        ),
        labels.nothingTaken,
      ),
      heading(heldLabel(facts, words)),
      text(
        attacks.judged === 0
          ? words.attacks(0, 0)
          : words.paragraph([
              words.attacks(attacks.judged, attacks.stopped),
              words.inside(attacks.landed, attacks.inside),
            ]),
      ),
      standingsTable(facts.standings, words),
      ...wellAndToDo(facts, words, names),
      text(labels.rule),
    ],
  }
}

/** The heading above how attacks went, of one country or of several. */
export const heldLabel = ({ teams }: Pick<MinisterFacts, 'teams'>, { labels }: Words): string =>
  teams === 1 ? labels.heldAlone : labels.held

/** The scoreboard as a table; who is alone has no place. */
export function standingsTable(standings: readonly StandingFacts[], { labels, lang }: Words): Block {
  const { tenth } = formatsOf(lang)
  const several = standings.length > 1
  return {
    kind: 'table',
    name: 'standings',
    caption: several ? labels.standings : labels.result,
    head: [...(several ? [labels.rank] : []), labels.team, labels.points, labels.possible],
    rows: standings.map(({ rank, name, points, possible }) => [
      ...(several ? [cell(String(rank))] : []),
      cell(name[lang]),
      number(tenth.format(points)),
      number(tenth.format(possible)),
    ]),
  }
}

/** What went well and what is to be done, each under its heading. */
export function wellAndToDo(
  { well, toDo }: Pick<MinisterFacts, 'well' | 'toDo'>,
  words: Words,
  names: Names,
): readonly Block[] {
  const { labels } = words
  return [
    heading(labels.well),
    list(
      well.map((one) => words.well(one)),
      labels.noWell,
    ),
    heading(labels.toDo),
    list(
      toDo.map((one) => words.toDo(one, one.service === null ? null : names.service(one.service))),
      labels.noToDo,
    ),
  ]
}
