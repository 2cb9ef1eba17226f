import { clockText } from '../../scenario/clock-text.ts'
import { formatsOf, spanText } from '../../scenario/formats.ts'
import {
  type Block,
  type Cell,
  cell,
  heading,
  list,
  type Names,
  number,
  type ReportDocument,
  text,
} from './document.ts'
import type { ExconFacts } from './excon-facts.ts'
import type { HeatAttack, HeatCell } from './heat.ts'
import { standingsTable } from './minister-document.ts'
import type { TeamFairness } from './platform-facts.ts'
import type { Words } from './words/words.ts'

/** What those read who ran the exercise. */
export function exconDocument(facts: ExconFacts, words: Words, names: Names): ReportDocument {
  const { labels, lang } = words
  const { agreement, platform } = facts
  return {
    title: words.title('excon', facts.title[lang]),
    blocks: [
      text(words.asOf(facts.atMs, facts.durationMs, facts.ended)),
      ...(facts.instructors.length === 0 ? [] : [text(words.ranBy(facts.instructors))]),
      heading(labels.objectives),
      ...objectives(facts, words),
      heading(labels.heat),
      ...(facts.heat.length === 0
        ? [text(labels.noAttacks)]
        : [text(labels.heatHint), heatTable(facts, words, names)]),
      heading(labels.plan),
      ...plan(facts, words, names),
      heading(facts.standings.length > 1 ? labels.standings : labels.result),
      standingsTable(facts.standings, words),
      heading(labels.flat),
      list(
        facts.flat.map(({ title, reason, teams }) => words.flat(title[lang], reason, teams)),
        labels.noFlat,
      ),
      heading(labels.graders),
      text(
        words.paragraph([
          words.graded(agreement.graded, agreement.twice),
          ...(agreement.by.length === 0 ? [] : [words.gradedBy(agreement.by)]),
          ...(agreement.meanApart === null
            ? []
            : [words.agreed(agreement.meanApart, agreement.mostApart ?? 0, agreement.apart.length)]),
          words.waiting(agreement.waiting, agreement.waitingSecond, agreement.appeals),
        ]),
      ),
      heading(labels.platform),
      text(
        words.paragraph([
          ...(platform.teams.length > 1 ? [words.even(platform.even)] : []),
          platform.checks ? words.checks(platform.checks, platform.teams.length) : words.checksUnknown,
          words.pauses(platform.pauses),
          words.skips(platform.skips, platform.skippedMs),
          words.late(platform.late, platform.lateMs),
          ...(platform.isolationLost ? [words.isolationOpen] : []),
        ]),
      ),
      fairnessTable(platform.teams, words, names),
      ...checksTable(platform.teams, words, names),
      heading(labels.techniques),
      ...(facts.techniques.length === 0 ? [text(labels.noAttacks)] : [techniquesTable(facts, words)]),
    ],
  }
}

function objectives(
  { objectives: all, ended }: ExconFacts,
  { labels, lang, reached, ...words }: Words,
): readonly Block[] {
  if (all.length === 0) return [text(labels.noObjectives)]
  const { share } = formatsOf(lang)
  return [
    {
      kind: 'table',
      name: 'objectives',
      caption: labels.objectives,
      head: [labels.objective, labels.reached, labels.share, labels.proofs],
      rows: all.map((one) => [
        cell(one.title[lang]),
        cell(reached[one.reached]),
        number(one.share === null ? '–' : share.format(one.share)),
        cell(
          words.paragraph(one.proofs.map((proof) => words.proof(proof.title[lang], proof, ended))) ||
            labels.none,
        ),
      ]),
    },
  ]
}

function plan({ plan: { lines } }: ExconFacts, words: Words, names: Names): readonly Block[] {
  const { labels, observation } = words
  if (lines.length === 0) return [text(labels.noPlan)]
  const writers = [...new Set(lines.flatMap(({ by }) => by))]
  return [
    ...(writers.length === 0 ? [] : [text(words.writtenBy(writers))]),
    {
      kind: 'table',
      name: 'plan',
      caption: labels.plan,
      head: [
        ...[labels.observation, labels.kind, labels.recommendation],
        ...[labels.owner, labels.due, labels.proofs],
      ],
      rows: lines.map((one) => [
        cell(one.text),
        cell(observation[one.kind]),
        ...[one.recommendation, one.owner, one.due].map((said) => cell(said || '–')),
        cell(
          one.evidence.map(({ team, atMs }) => `${names.team(team)} ${clockText(atMs)}`).join(', ') || '–',
        ),
      ]),
    },
  ]
}

function heatTable({ heat }: ExconFacts, words: Words, names: Names): Block {
  const { labels, lang } = words
  const teams = heat[0]?.cells.map(({ team }) => team) ?? []
  return {
    kind: 'table',
    name: 'heat',
    caption: labels.heat,
    head: [labels.attack, labels.service, ...teams.map(names.team)],
    rows: heat.map(({ title, atMs, service, cells }: HeatAttack) => [
      cell(`${clockText(atMs)} ${title[lang]}`),
      cell(names.service(service)),
      ...cells.map((one) => heatCell(one, words)),
    ]),
  }
}

const heatCell = ({ state, ms, heat, best }: HeatCell, { state: named, lang }: Words): Cell => ({
  text: ms === null ? named[state] : `${named[state]} ${spanText(lang, ms)}`,
  short: ms === null ? '' : clockText(ms),
  mark: best ? 'best' : state,
  ...(heat !== null && { heat }),
})

function fairnessTable(teams: readonly TeamFairness[], { labels, lang }: Words, names: Names): Block {
  const { share } = formatsOf(lang)
  return {
    kind: 'table',
    name: 'fairness',
    caption: labels.platform,
    head: [
      ...[labels.team, labels.judged, labels.void, labels.messages, labels.known],
      ...[labels.unknownTime, labels.interrupted, labels.acts, labels.adjustments],
    ],
    rows: teams.map((one) => [
      cell(names.team(one.team)),
      ...[one.judged, one.void, one.messages].map((count) => number(String(count))),
      number(one.known === null ? '–' : share.format(one.known)),
      ...[one.voidMs, one.interruptedMs].map((ms) => number(spanText(lang, ms))),
      ...[one.acts, one.adjustments].map((count) => number(String(count))),
    ]),
  }
}

/** How often each team was looked at, and how much of that found out nothing; nothing where nobody counted. */
function checksTable(
  teams: readonly TeamFairness[],
  { labels, lang }: Words,
  names: Names,
): readonly Block[] {
  const { whole, share } = formatsOf(lang)
  const rows = teams.flatMap(({ team, checks }) => (checks ? [{ team, ...checks }] : []))
  if (rows.length === 0) return []
  return [
    {
      kind: 'table',
      name: 'checks',
      caption: labels.checks,
      head: [labels.team, labels.fullChecks, labels.lightChecks, labels.noResult, labels.share],
      rows: rows.map(({ team, full, light, unknown }) => [
        cell(names.team(team)),
        ...[full, light, unknown].map((count) => number(whole.format(count))),
        number(full + light === 0 ? '–' : share.format(unknown / (full + light))),
      ]),
    },
  ]
}

const techniquesTable = ({ techniques }: ExconFacts, { labels }: Words): Block => ({
  kind: 'table',
  name: 'techniques',
  caption: labels.techniques,
  head: [labels.technique, labels.judged, labels.stopped],
  rows: techniques.map(({ technique, judged, stopped }) => [
    cell(technique),
    number(String(judged)),
    number(String(stopped)),
  ]),
})
