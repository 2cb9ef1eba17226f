import { INJECT_CATEGORIES } from '../../../exercise/scenario/inject.ts'
import { CATEGORY_RULES } from '../../../exercise/scoring/categories.ts'
import { type Diagnostic, meant, nearest } from '../../diagnostics/diagnostics.ts'
import type { Path, Source } from '../../diagnostics/read.ts'
import { select, textsAt } from '../../diagnostics/read.ts'
import type { ServiceFolder } from '../../service-files.ts'
import { hasGrade } from './outcomes.ts'
import { child, type RawEntry, strings } from './raw-entries.ts'

type Say = (path: Path, code: string, message: string, severity?: 'warning') => void

/** Checks what messages ask for, what that earns, and what they are for. */
export function checkMessages(
  source: Source,
  entries: readonly RawEntry[],
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const say: Say = (path, code, message, severity) =>
    report.push(source.problem(path, { code, message, ...(severity && { severity }) }))
  for (const entry of entries.filter(({ kind }) => kind === 'inject')) checkAnswer(entry, say)
  checkNumbersOnce(entries, say)
  checkCategories(source, entries, say)
  checkObjectives(source, entries, services, report)
}

function checkAnswer({ path, value }: RawEntry, say: Say): void {
  const answer = child(value, 'answer')
  const rubric = child(value, 'rubric')
  if (answer === undefined) {
    for (const key of ['rubric', 'within', 'category'])
      if (child(value, key) !== undefined)
        say([...path, key], 'no-answer', `\`${key}\` goes with \`answer\`: without one, nothing is asked for`)
    return
  }
  if (!hasGrade(value) && child(value, 'weight') !== 0)
    say(
      [...path, 'answer'],
      'no-rubric',
      'nobody can grade the answer: give a `rubric`, a choice with `right: true`, or `weight: 0` if it is to count nowhere',
    )
  for (const [list, ids] of [
    [rubric, ['rubric']],
    [child(answer, 'choice'), ['answer', 'choice']],
  ] as const) {
    if (!Array.isArray(list)) continue
    const seen = new Set<unknown>()
    for (const [index, one] of list.entries()) {
      const id = child(one, 'id')
      if (typeof id !== 'string') continue
      if (seen.has(id)) say([...path, ...ids, index, 'id'], 'duplicate-id', `\`${id}\` is there already`)
      seen.add(id)
    }
  }
  const choice = child(answer, 'choice')
  const right = Array.isArray(choice) ? choice.filter((option) => child(option, 'right') === true).length : 0
  if (right > 1 && child(answer, 'several') !== true)
    say(
      [...path, 'answer', 'choice'],
      'not-several',
      `${right} options are right and one may be chosen: add \`several: true\``,
    )
}

/** Numbers of the MSEL, those that nobody wrote among them. */
function checkNumbersOnce(entries: readonly RawEntry[], say: Say): void {
  const by = new Map<number, RawEntry>()
  let last = 0
  for (const entry of entries.filter(({ list }) => list === 'entries')) {
    const written = child(entry.value, 'number')
    last = typeof written === 'number' ? written : last + 1
    const other = by.get(last)
    if (other)
      say(
        [...entry.path, typeof written === 'number' ? 'number' : 'id'],
        'duplicate-number',
        `\`${other.id}\` has number ${last} already; without \`number\`, an entry has the one after the entry before it`,
      )
    else by.set(last, entry)
  }
}

/** A category has points and messages, or neither. Reports of incidents earn points of their own category without any message. */
function checkCategories(source: Source, entries: readonly RawEntry[], say: Say): void {
  const attacked = entries.some(({ kind }) => kind === 'attack')
  for (const category of INJECT_CATEGORIES) {
    const written = child(child(source.value, 'scoring'), category)
    const points = written ?? CATEGORY_RULES[category].usualPoints
    const counted = entries.filter((entry) => earns(entry) === category)
    const [first] = counted
    if (points === 0 && first)
      say(
        [...first.path, 'answer'],
        'category-without-points',
        `${category} has no points in \`scoring\`: ${counted.length === 1 ? 'this answer earns' : `${counted.length} answers earn`} nothing`,
        'warning',
      )
    if (typeof points === 'number' && points > 0 && !first && !(category === 'reporting' && attacked))
      say(
        ['scoring', category],
        'points-without-message',
        `no message earns points of ${category}: they are added to availability`,
        'warning',
      )
  }
}

function earns({ kind, value }: RawEntry): unknown {
  const answer = child(value, 'answer')
  if (kind !== 'inject' || answer === undefined || child(value, 'weight') === 0) return null
  const usual = child(answer, 'sitrep') === true ? 'reporting' : 'strategic'
  return child(value, 'category') ?? (child(answer, 'question') === undefined ? usual : 'forensics')
}

/** Objectives that are named are there, and those that are there are tested by something. */
function checkObjectives(
  source: Source,
  entries: readonly RawEntry[],
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const objectives = [...select(source.value, 'objectives.*.id')]
  const known = textsAt(source.value, 'objectives.*.id')
  const weaknesses = new Map([...services.values()].flatMap((s) => s.weaknesses).map((w) => [w.id, w]))
  const tested = new Set<string>()
  for (const { path, value, kind } of entries) {
    for (const [index, name] of strings(child(value, 'objectives')).entries()) {
      tested.add(name)
      if (known.includes(name)) continue
      const hint = nearest(name, known)
      const message = `there is no objective \`${name}\`${meant(hint)}`
      report.push(
        source.problem([...path, 'objectives', index], {
          code: 'unknown-objective',
          message,
          ...(hint && { hint }),
        }),
      )
    }
    if (kind !== 'attack') continue
    const yaml = weaknesses.get(String(child(value, 'weakness')))?.yaml
    for (const name of strings(child(yaml?.source.value, 'objectives'))) tested.add(name)
  }
  for (const { path, value } of objectives) {
    if (typeof value !== 'string' || tested.has(value)) continue
    const message = `nothing tests \`${value}\`: name it in \`objectives\` of an entry or of a weakness that is attacked`
    report.push(source.problem(path, { code: 'not-tested', severity: 'warning', message }))
  }
}
