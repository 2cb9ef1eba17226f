import { clockText } from '../../../scenario/clock-text.ts'
import { formatsOf, spanText } from '../../../scenario/formats.ts'
import { type Measure, shareOf } from '../measures.ts'
import type { Spread } from '../platform-facts.ts'
import { labelsEn } from './labels-en.ts'
import { proposalEn } from './proposals-en.ts'
import type { Words } from './words.ts'

const { whole, tenth, share, rough, names: list } = formatsOf('en')
const n = (value: number) => whole.format(value)
const span = (ms: number) => spanText('en', ms)
const counted = (count: number, one: string, many = `${one}s`) => `${n(count)} ${count === 1 ? one : many}`
/** `7 of 20 attacks were`, `None of 20 attacks was`, `The only attack was`. */
const part = (some: number, all: number, one: string, many = `${one}s`): string => {
  if (all === 1) return some === 1 ? `The only ${one} was` : `The only ${one} was not`
  if (some === all) return all === 2 ? `Both ${many} were` : `All ${n(all)} ${many} were`
  if (some === 0) return `None of ${n(all)} ${many} was`
  return `${n(some)} of ${n(all)} ${many} ${some === 1 ? 'was' : 'were'}`
}
/** What came after attacks that succeeded: after some of them `so`, after none of them `never` (which begins with its verb), after the only one `not`. */
const after = (
  { n: some, of }: Measure,
  said: { readonly so: string; readonly never: string; readonly not: string },
): string => {
  if (of === 1) return `After the only successful attack ${some === 1 ? said.so : said.not}.`
  if (some === 0) return `After none of the ${n(of)} successful attacks ${said.never}.`
  return `After ${n(some)} of ${n(of)} successful attacks ${said.so}.`
}
const usable = (measure: Measure) => share.format(shareOf(measure))
const FULL = {
  stopped: (one: Measure) => `${part(one.n, one.of, 'attack')} blocked.`,
  'driven-out': (one: Measure) =>
    after(one, {
      so: 'the attackers were removed',
      never: 'were the attackers removed',
      not: 'the attackers were not removed',
    }),
  'in-time': (one: Measure) =>
    after(one, {
      so: 'all was restored soon enough to lose no points of recovery',
      never: 'was all restored soon enough to lose no points of recovery',
      not: 'not all was restored soon enough to lose no points of recovery',
    }),
  reported: (one: Measure) => `${part(one.n, one.of, 'successful attack')} reported.`,
  answered: (one: Measure) => `${part(one.n, one.of, 'message')} answered in time.`,
  complaints: (one: Measure) => `${part(one.n, one.of, 'complaint')} solved.`,
  working: (one: Measure) => `Public services could be used ${usable(one)} of the time.`,
} as const
const DO = {
  stopped: 'Find and fix vulnerabilities before they are used.',
  'driven-out': 'Look for attackers who are inside, and remove them.',
  'in-time': 'Remove attackers and restore services sooner.',
  reported: 'Report every incident that is found.',
  answered: 'Answer press, ministries and partners in time.',
  complaints: 'Take up what citizens complain of.',
  working: 'Keep services usable while they are defended.',
} as const

/** Reports in English. */
export const wordsEn: Words = {
  lang: 'en',
  labels: labelsEn,
  category: {
    availability: 'Availability',
    defence: 'Defence',
    recovery: 'Recovery',
    usability: 'Usability',
    reporting: 'Reporting',
    forensics: 'Forensics',
    strategic: 'Strategic',
  },
  reached: {
    met: 'met',
    partly: 'partly',
    not: 'not met',
    open: 'not known yet',
    waiting: 'waits for grades',
    untested: 'not tested',
  },
  state: {
    blocked: 'blocked',
    'blocked-by-outage': 'by outage',
    closed: 'closed',
    open: 'open',
    'under-way': 'under way',
    void: 'void',
    'not-yet': 'not yet',
  },
  observation: { strength: 'strength', improvement: 'area for improvement' },
  noticedBy: { report: 'by a report', case: 'in a case', work: 'at work' },
  paragraph: (sentences) => sentences.join(' '),
  title: (reader, exercise) =>
    reader === 'minister' ? `${exercise}: report for ministers` : `${exercise}: report for exercise control`,
  teamTitle: (team, exercise) => `${exercise}: report of team ${team}`,
  ranBy: (names) => `The exercise was run by ${list.format(names)}.`,
  gradedBy: (names) => `Graded by ${list.format(names)}.`,
  writtenBy: (names) => `Written by ${list.format(names)}.`,
  asOf: (atMs, durationMs, ended) =>
    ended
      ? `The exercise is over. It ended at ${clockText(atMs)}.`
      : `As of ${clockText(atMs)} of ${clockText(durationMs)}. Numbers may still change.`,
  exercised: (teams, services, durationMs) =>
    `${counted(teams, 'team')} ${teams === 1 ? '' : 'each '}defended ${counted(services, 'public service')} for ${span(durationMs)}.`,
  peak: (people, population, atMs) =>
    `At ${clockText(atMs)}, when it was worst, ${rough.format(people)} of ${rough.format(population)} people could not use something they needed.`,
  nobodyAffected: 'Everybody could use all services all the time.',
  hours: (personHours) => {
    const hours = Math.round(personHours)
    if (hours < 1) return 'Added up over all people, that was less than an hour.'
    return `Added up over all people, that was ${hours === 1 ? 'one hour' : `${rough.format(hours)} hours`}.`
  },
  taken: (what, people, service, teams, open) =>
    `Taken from ${service}: ${what} of ${people === 1 ? 'one person' : `${rough.format(people)} people`}, in ${counted(teams, 'country', 'countries')}. ${
      open === 0
        ? 'It cannot be taken any more.'
        : `It can still be taken in ${counted(open, 'country', 'countries')}.`
    }`,
  attacks: (judged, stopped) =>
    judged === 0 ? 'No attack has been judged.' : `${part(stopped, judged, 'attack')} blocked.`,
  inside: (landed, inside) => {
    if (landed === 0) return 'None succeeded.'
    if (inside === 0) return `${n(landed)} succeeded, and all attackers were removed.`
    return `${n(landed)} succeeded, and after ${n(inside)} of ${landed === 1 ? 'it' : 'them'} attackers are still inside.`
  },
  place: (rank, of, points, possible) =>
    of === 1
      ? `${tenth.format(points)} of ${tenth.format(possible)} possible points.`
      : `Place ${n(rank)} of ${n(of)}, with ${tenth.format(points)} of ${tenth.format(possible)} possible points.`,
  well: (measure) => FULL[measure.aspect](measure),
  toDo: (measure, service) =>
    [
      DO[measure.aspect],
      FULL[measure.aspect](measure),
      service === null ? '' : `Most affected service: ${service}.`,
    ]
      .filter(Boolean)
      .join(' '),
  vulnerability: (service, nth) => `${service}, vulnerability ${nth}`,
  report: (id, service) => (service === null ? `Report ${id}` : `Report ${id}: ${service}`),
  lateGrade: (grade) => `${grade}, late`,
  took: (attack, what, people) =>
    `${attack} took ${what} of ${people === 1 ? 'one person' : `${rough.format(people)} people`}.`,
  leftOpen: (attack, closedMs, againMs) =>
    `${attack}: closed at ${clockText(closedMs)}, and the same way in worked again at ${clockText(againMs)}.`,
  sooner: (attack, fastest, { sooner, fastestMs, ownMs }) =>
    `${attack}: ${counted(sooner, 'team')} removed the attackers sooner. The fastest was team ${fastest}, after ${span(fastestMs)}; here ${
      ownMs === null ? 'they were never removed' : `it took ${span(ownMs)}`
    }.`,
  weaknessClass: (id, named, judged, landed) =>
    `${id}${named === null ? '' : ` (${named})`}: ${counted(judged, 'attack')}, ${landed === 0 ? 'none' : n(landed)} succeeded.`,
  unanswered: (count) =>
    count === 0
      ? 'No message is overdue.'
      : `${counted(count, 'message')} ${count === 1 ? 'was' : 'were'} not answered in time, and ${count === 1 ? 'has' : 'have'} no answer.`,
  complaints: (came, open) => {
    if (came === 0) return 'No citizen complained.'
    return `${counted(came, 'complaint')} came from citizens; ${open === 0 ? 'none is open' : `${n(open)} ${open === 1 ? 'is' : 'are'} open`}.`
  },
  proof: (title, { met, partly, not, open, void: none }, ended) =>
    `${title}: ${
      [
        met > 0 ? `met by ${counted(met, 'team')}` : '',
        partly > 0 ? `partly by ${counted(partly, 'team')}` : '',
        not > 0 ? `not by ${counted(not, 'team')}` : '',
        open > 0 ? `${ended ? 'waits for a grade of' : 'not known of'} ${counted(open, 'team')}` : '',
        none > 0 ? `could not be judged for ${counted(none, 'team')}` : '',
      ]
        .filter(Boolean)
        .join(', ') || (ended ? 'did not come' : 'has not come yet')
    }.`,
  flat: (title, reason, teams) => {
    const to = teams === 1 ? 'the one team' : `${n(teams)} teams`
    switch (reason) {
      case 'unread':
        return `${title}: it came to ${to}, and nobody read it.`
      case 'unanswered':
        return `${title}: it came to ${to}, and nobody answered.`
      case 'unnoticed':
        return `${title}: it succeeded against ${counted(teams, 'team')}, and nobody noticed.`
      case 'void':
        return `${title}: the platform could not judge it${teams === 1 ? '' : ' for any team'}.`
      case 'never-came':
        return `${title}: it was planned for ${counted(teams, 'team')}, and never came.`
    }
  },
  proposal: proposalEn,
  graded: (count, twice) =>
    count === 0
      ? 'Nothing has been graded.'
      : `${counted(count, 'answer or report', 'answers and reports')} graded, ${twice === 0 ? 'none' : n(twice)} by two people or more.`,
  agreed: (mean, most, apart) =>
    `They were ${share.format(mean)} of the points apart on average, ${share.format(most)} at the most. ${
      apart === 0 ? 'None was far apart.' : `${n(apart)} ${apart === 1 ? 'was' : 'were'} far apart.`
    }`,
  waiting: (first, second, appeals) =>
    `Waiting for a grade: ${n(first)}. Waiting for a second grader: ${n(second)}. Appeals without an answer: ${n(appeals)}.`,
  even: (even) =>
    even
      ? 'All teams had the same number of attacks and messages, and were measured for the same part of the time.'
      : 'Teams did not have the same: compare the numbers of attacks, messages and checks and the known time below.',
  checks: ({ atMs, full, light }, teams) => {
    const of = ({ min, max, apart }: Spread) =>
      teams === 1
        ? n(max)
        : min === max
          ? `${n(max)} for each team`
          : `${n(min)} to ${n(max)} for each team, ${share.format(apart)} apart`
    return `Counted until ${clockText(atMs)}: full checks ${of(full)}; light checks ${of(light)}.`
  },
  checksUnknown: 'How many checks each team had has not been counted.',
  pauses: (count) =>
    count === 0 ? 'It was never paused.' : `It was paused ${count === 1 ? 'once' : `${n(count)} times`}.`,
  skips: (count, ms) =>
    count === 0
      ? 'No time was skipped.'
      : `Time was skipped ${count === 1 ? 'once' : `${n(count)} times`}, ${span(ms)} in all.`,
  late: (now, lastMs) => {
    if (now) return 'Measurements come late now: they say more about this platform than about teams.'
    return lastMs === null
      ? 'Measurements were never late.'
      : `Measurements were late for a while, last at ${clockText(lastMs)}.`
  },
  isolationOpen: 'The isolation of the teams is open now.',
}
