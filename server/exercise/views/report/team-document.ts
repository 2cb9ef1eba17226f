import { clockText } from '../../scenario/clock-text.ts'
import { formatsOf } from '../../scenario/formats.ts'
import { serviceOfHandle } from '../../scenario/weaknesses.ts'
import { type Block, cell, heading, list, type Names, number, type ReportDocument, text } from './document.ts'
import { wellAndToDo } from './minister-document.ts'
import type { TeamFacts } from './team-facts.ts'
import type { Words } from './words/words.ts'

/** A team's day. */
export function teamDocument(facts: TeamFacts, words: Words, names: Names): ReportDocument {
  const { labels, lang } = words
  const { standing } = facts
  const took = facts.attacks.flatMap(({ title, taken }) =>
    taken ? words.took(title[lang], taken.what[lang], taken.people) : [],
  )
  const sooner = facts.attacks.flatMap(({ title, elsewhere }) =>
    elsewhere ? words.sooner(title[lang], names.team(elsewhere.fastest), elsewhere) : [],
  )
  const leftOpen = facts.attacks.flatMap(({ title, times, closedBeforeMs }) =>
    closedBeforeMs === null || times.landedMs === null
      ? []
      : words.leftOpen(title[lang], closedBeforeMs, times.landedMs),
  )
  return {
    title: words.teamTitle(facts.name[lang], facts.title[lang]),
    blocks: [
      text(words.asOf(facts.atMs, facts.durationMs, facts.ended)),
      heading(labels.result),
      text(words.place(standing.rank, facts.of, standing.points, standing.possible)),
      ...(facts.categories.length === 0 ? [] : [categoriesTable(facts, words)]),
      ...(facts.curve.length === 0
        ? []
        : [{ kind: 'picture', picture: 'lost', caption: labels.curveLost } as const]),
      heading(labels.attacks),
      ...(facts.attacks.length === 0 ? [text(labels.noAttacks)] : [attacksTable(facts, words, names)]),
      ...(took.length === 0 ? [] : [list(took, '')]),
      ...(leftOpen.length === 0 ? [] : [heading(labels.leftOpen), list(leftOpen, '')]),
      ...(sooner.length === 0 ? [] : [heading(labels.elsewhere), list(sooner, '')]),
      ...wellAndToDo(facts, words, names),
      text(
        words.paragraph([
          words.unanswered(facts.unanswered),
          words.complaints(facts.complaints.came, facts.complaints.open),
        ]),
      ),
      heading(labels.changes),
      ...(facts.changes.length === 0 ? [text(labels.noChanges)] : [changesTable(facts, words, names)]),
      heading(labels.writings),
      ...(facts.writings.length === 0 ? [text(labels.noWritings)] : [writingsTable(facts, words, names)]),
      heading(labels.hints),
      ...(facts.hints.length === 0 ? [text(labels.noHints)] : [hintsTable(facts, words, names)]),
      ...(facts.attacks.length === 0 ? [] : [heading(labels.learn), classes(facts, words)]),
    ],
  }
}

function categoriesTable({ categories }: TeamFacts, { labels, category, lang }: Words): Block {
  const { tenth } = formatsOf(lang)
  return {
    kind: 'table',
    name: 'categories',
    caption: labels.result,
    head: [labels.category, labels.points, labels.possible],
    rows: categories.map((one) => [
      cell(category[one.category]),
      number(tenth.format(one.points)),
      number(tenth.format(one.possible)),
    ]),
  }
}

function attacksTable(
  { attacks }: TeamFacts,
  { labels, state, noticedBy, lang }: Words,
  names: Names,
): Block {
  const time = (ms: number | null) => number(ms === null ? '–' : clockText(ms))
  return {
    kind: 'table',
    name: 'attacks',
    caption: labels.attacks,
    head: [
      ...[labels.attack, labels.service, labels.outcome, labels.launched, labels.succeeded],
      ...[labels.noticed, labels.mended, labels.confirmed],
    ],
    rows: attacks.map(({ title, service, state: fate, times }) => {
      const { launchedMs, landedMs, noticedMs, noticedBy: by, mendedMs, confirmedMs } = times
      const noticed = noticedMs === null ? '–' : clockText(noticedMs)
      return [
        cell(title[lang]),
        cell(names.service(service)),
        cell(state[fate === 'landed' ? (mendedMs === null ? 'open' : 'closed') : fate]),
        ...[time(launchedMs), time(landedMs)],
        number(by === null ? noticed : `${noticed} ${noticedBy[by]}`),
        ...[time(mendedMs), time(confirmedMs)],
      ]
    }),
  }
}

function changesTable({ changes }: TeamFacts, { labels }: Words, names: Names): Block {
  return {
    kind: 'table',
    name: 'changes',
    caption: labels.changes,
    head: [labels.service, labels.files, labels.added, labels.removed, labels.kept],
    rows: changes.map(({ service, files, added, removed, atMs }) => [
      cell(names.service(service)),
      ...[files, added, removed].map((count) => number(String(count))),
      number(clockText(atMs)),
    ]),
  }
}

function writingsTable({ writings }: TeamFacts, words: Words, names: Names): Block {
  const { labels, lang } = words
  const { share } = formatsOf(lang)
  return {
    kind: 'table',
    name: 'writings',
    caption: labels.writings,
    head: [labels.time, labels.what, labels.grade, labels.comments],
    rows: writings.map((one) => {
      const grade = one.wrong
        ? labels.neverHappened
        : one.share === null
          ? labels.ungraded
          : share.format(one.share)
      const named =
        one.title?.[lang] ?? words.report(one.id, one.service === null ? null : names.service(one.service))
      return [
        cell(clockText(one.atMs)),
        cell(named),
        cell(one.late ? words.lateGrade(grade) : grade),
        cell(one.comments.join(' ')),
      ]
    }),
  }
}

function hintsTable({ hints }: TeamFacts, words: Words, names: Names): Block {
  const { labels, lang } = words
  const { tenth } = formatsOf(lang)
  return {
    kind: 'table',
    name: 'hints',
    caption: labels.hints,
    head: [labels.time, labels.vulnerability, labels.level, labels.cost],
    rows: hints.map(({ atMs, weakness, level, cost }) => [
      cell(clockText(atMs)),
      cell(words.vulnerability(names.service(serviceOfHandle(weakness)), weakness.replace(/^.*-/, ''))),
      number(String(level)),
      number(tenth.format(cost)),
    ]),
  }
}

/** A CWE number says by itself whose it is. */
const NAMED = { owasp: 'OWASP', cwe: null, technique: 'ATT&CK' } as const

const classes = ({ classes: all }: TeamFacts, words: Words): Block =>
  list(
    all.map(({ id, kind, href, judged, landed }) => ({
      text: words.weaknessClass(id, id.startsWith('AML.') ? 'ATLAS' : NAMED[kind], judged, landed),
      href,
    })),
    words.labels.noClasses,
  )
