import { clockText } from '../../scenario/clock-text.ts'
import type { Lang } from '../../scenario/words.ts'
import type { ReportTable } from './csv.ts'
import type { ExconFacts } from './excon-facts.ts'
import type { MinisterFacts, StandingFacts } from './minister-facts.ts'
import type { PlanLine } from './plan.ts'
import type { TeamFacts } from './team-facts.ts'

/** Tables of each report, by name. Times are exercise time in ms, shares 0..1. */
export const TABLES = {
  minister: ['standings', 'affected', 'taken', 'measures', 'objectives'],
  excon: ['attacks', 'objectives', 'flat', 'standings', 'fairness', 'techniques', 'plan', 'agreement'],
  team: ['attacks', 'categories', 'curve', 'changes', 'hints', 'writings', 'classes', 'measures'],
} as const
export type Reader = keyof typeof TABLES
export type TableName<R extends Reader> = (typeof TABLES)[R][number]

type Tables<R extends Reader> = { readonly [N in TableName<R>]: Omit<ReportTable, 'name'> }

const TIMES = ['launchedMs', 'landedMs', 'noticedMs', 'noticedBy', 'mendedMs', 'confirmedMs'] as const

const standings = (rows: readonly StandingFacts[], lang: Lang): Omit<ReportTable, 'name'> => ({
  columns: ['rank', 'team', 'name', 'points', 'possible'],
  rows: rows.map(({ rank, team, name, points, possible }) => [rank, team, name[lang], points, possible]),
})

const measured = ({ well, toDo }: Pick<MinisterFacts, 'well' | 'toDo'>): Omit<ReportTable, 'name'> => ({
  columns: ['list', 'aspect', 'n', 'of', 'service'],
  rows: [
    ...well.map(({ aspect, n, of, service }) => ['well', aspect, n, of, service]),
    ...toDo.map(({ aspect, n, of, service }) => ['toDo', aspect, n, of, service]),
  ],
})

/** Titles are in `lang`. */
export const ministerTables = (facts: MinisterFacts, lang: Lang): Tables<'minister'> => ({
  standings: standings(facts.standings, lang),
  affected: { columns: ['atMs', 'people'], rows: facts.curve.map(({ atMs, people }) => [atMs, people]) },
  taken: {
    columns: ['service', 'what', 'people', 'teams', 'sinceMs', 'open'],
    rows: facts.taken.map((one) => [
      ...[one.service, one.what[lang], one.people],
      ...[one.teams.length, one.sinceMs, one.open.length],
    ]),
  },
  measures: measured(facts),
  objectives: {
    columns: ['objective', 'title', 'reached'],
    rows: facts.objectives.map(({ id, title, reached }) => [id, title[lang], reached]),
  },
})

/** The improvement plan; moments of its evidence are exercise time as a clock. */
export const planTable = (lines: readonly PlanLine[]): Omit<ReportTable, 'name'> => ({
  columns: ['observation', 'kind', 'text', 'recommendation', 'owner', 'due', 'by', 'source', 'evidence'],
  rows: lines.map((one) => [
    ...[one.observation, one.kind, one.text, one.recommendation, one.owner, one.due],
    ...[one.by.join(', '), one.source],
    one.evidence.map(({ team, atMs }) => `${team} ${clockText(atMs)}`).join(', '),
  ]),
})

/** The heat map as one row for each attack and team. Titles are in `lang`. */
export const exconTables = (facts: ExconFacts, lang: Lang): Tables<'excon'> => ({
  attacks: {
    columns: [
      'attack',
      'title',
      'service',
      'technique',
      'owasp',
      'team',
      'state',
      'insideMs',
      'best',
      ...TIMES,
    ],
    rows: facts.heat.flatMap(({ attack, title, service, technique, owasp, cells }) =>
      cells.map(({ team, state, ms, best, times }) => [
        ...[attack, title[lang], service, technique, owasp, team, state, ms, best],
        ...TIMES.map((name) => times?.[name] ?? null),
      ]),
    ),
  },
  objectives: {
    columns: [
      'objective',
      'title',
      'reached',
      'share',
      'kind',
      'entry',
      'met',
      'partly',
      'not',
      'open',
      'void',
    ],
    rows: facts.objectives.flatMap(({ id, title, reached, share, proofs }) =>
      proofs.map((proof) => [
        ...[id, title[lang], reached, share, proof.kind],
        ...[proof.id, proof.met, proof.partly, proof.not, proof.open, proof.void],
      ]),
    ),
  },
  flat: {
    columns: ['kind', 'entry', 'title', 'reason', 'teams'],
    rows: facts.flat.map(({ kind, id, title, reason, teams }) => [kind, id, title[lang], reason, teams]),
  },
  standings: standings(facts.standings, lang),
  fairness: {
    columns: [
      ...['team', 'judged', 'void', 'messages', 'known', 'voidMs', 'interruptedMs'],
      ...['acts', 'adjustments', 'fullChecks', 'lightChecks', 'checksUnknown'],
    ],
    rows: facts.platform.teams.map((one) => [
      ...[one.team, one.judged, one.void, one.messages, one.known, one.voidMs, one.interruptedMs],
      ...[one.acts, one.adjustments],
      ...[one.checks?.full ?? null, one.checks?.light ?? null, one.checks?.unknown ?? null],
    ]),
  },
  techniques: {
    columns: ['technique', 'judged', 'stopped'],
    rows: facts.techniques.map(({ technique, judged, stopped }) => [technique, judged, stopped]),
  },
  plan: planTable(facts.plan.lines),
  agreement: {
    columns: ['graded', 'twice', 'meanApart', 'mostApart', 'apart', 'waiting', 'waitingSecond', 'appeals'],
    rows: [
      [
        ...[facts.agreement.graded, facts.agreement.twice, facts.agreement.meanApart],
        ...[facts.agreement.mostApart, facts.agreement.apart.length, facts.agreement.waiting],
        ...[facts.agreement.waitingSecond, facts.agreement.appeals],
      ],
    ],
  },
})

/** Titles are in `lang`. */
export const teamTables = (facts: TeamFacts, lang: Lang): Tables<'team'> => ({
  attacks: {
    columns: [
      ...['attack', 'title', 'service', 'technique', 'owasp', 'cwe', 'state', ...TIMES],
      ...['closedBeforeMs', 'taken', 'takenPeople', 'teamsSooner', 'fastest', 'fastestMs', 'ownMs'],
    ],
    rows: facts.attacks.map(
      ({ attack, title, service, technique, owasp, cwe, state, times, closedBeforeMs, taken, elsewhere }) => [
        ...[attack, title[lang], service, technique, owasp, cwe, state],
        ...TIMES.map((name) => times[name]),
        closedBeforeMs,
        ...[taken?.what[lang] ?? null, taken?.people ?? null, elsewhere?.sooner ?? null],
        ...[elsewhere?.fastest ?? null, elsewhere?.fastestMs ?? null, elsewhere?.ownMs ?? null],
      ],
    ),
  },
  categories: {
    columns: ['category', 'points', 'possible'],
    rows: facts.categories.map(({ category, points, possible }) => [category, points, possible]),
  },
  curve: { columns: ['atMs', 'lost'], rows: facts.curve.map(({ atMs, lost }) => [atMs, lost]) },
  changes: {
    columns: ['service', 'files', 'added', 'removed', 'atMs', 'sha256'],
    rows: facts.changes.map((one) => [
      ...[one.service, one.files, one.added, one.removed, one.atMs, one.file.sha256],
    ]),
  },
  hints: {
    columns: ['weakness', 'level', 'cost', 'atMs'],
    rows: facts.hints.map(({ weakness, level, cost, atMs }) => [weakness, level, cost, atMs]),
  },
  writings: {
    columns: ['kind', 'id', 'title', 'service', 'atMs', 'share', 'late', 'wrong', 'comments'],
    rows: facts.writings.map((one) => [
      ...[one.kind, one.id, one.title?.[lang] ?? null, one.service, one.atMs],
      ...[one.share, one.late, one.wrong, one.comments.join(' ')],
    ]),
  },
  classes: {
    columns: ['class', 'kind', 'judged', 'landed', 'href'],
    rows: facts.classes.map(({ id, kind, judged, landed, href }) => [id, kind, judged, landed, href]),
  },
  measures: measured(facts),
})
