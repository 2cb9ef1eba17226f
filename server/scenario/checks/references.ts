import { CATEGORIES } from '../../exercise/scenario/words.ts'
import { CATEGORY_RULES } from '../../exercise/scoring/categories.ts'
import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Path, type Source, select, textsAt } from '../diagnostics/read.ts'
import type { Catalogue } from '../roots/catalogue.ts'
import { formatDuration, parseDuration } from '../schema/durations.ts'
import type { ServiceFolder } from '../service-files.ts'
import { checkChains } from './chains.ts'
import { checkTimeline } from './timeline/check-timeline.ts'
import { rawAttacks } from './timeline/raw-entries.ts'
import { checkWorld } from './world-checks.ts'

/** Checks across scenario.yaml. Works on the raw data, so that a wrong key somewhere hides no other error. */
export function checkReferences(
  source: Source,
  catalogue: Catalogue,
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  for (const list of [
    'languages.*',
    'teams.*.id',
    'services.*.id',
    'citizens.personas.*.id',
    'weaknesses.*',
    'objectives.*.id',
    'life.*.id',
    'timeline.phases.*.id',
    'timeline.attacks.*.id',
    'timeline.tutor.*.id',
  ])
    checkUnique(source, list, report)
  checkNames(source, catalogue, services, report)
  checkTimes(source, report)
  checkPhases(source, report)
  checkNumbers(source, report)
  checkCycles(services, report)
  checkSingle(services, report)
  checkChains(source, services, report)
  checkTimeline(source, services, report)
  checkWorld(source, [...services.keys()], report)
}

function checkUnique(source: Source, pattern: string, report: Diagnostic[]): void {
  const seen = new Set<string>()
  for (const { path, value } of select(source.value, pattern)) {
    if (typeof value !== 'string') continue
    if (seen.has(value))
      report.push(source.problem(path, { code: 'duplicate-id', message: `\`${value}\` is there already` }))
    seen.add(value)
  }
}

const serviceOf = (id: string) => id.split('/')[0] ?? ''

function checkNames(
  source: Source,
  catalogue: Catalogue,
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const refuse = (path: Path, code: string, message: string, hint?: string, key = false) =>
    report.push(source.problem(path, { code, message: message + meant(hint), key, ...(hint && { hint }) }))
  for (const { path, value } of select(source.value, 'services.*.id'))
    if (typeof value === 'string' && !catalogue.services.has(value))
      refuse(
        path,
        'unknown-service',
        `there is no service \`${value}\``,
        nearest(value, catalogue.services.keys()),
      )

  const planted = [...select(source.value, 'weaknesses.*')]
  for (const { path, value } of planted) {
    if (typeof value !== 'string' || !value.includes('/')) continue
    if (!catalogue.weaknesses.has(value))
      refuse(
        path,
        'unknown-weakness',
        `there is no weakness \`${value}\``,
        nearest(value, catalogue.weaknesses.keys()),
      )
    else if (!services.has(serviceOf(value)))
      refuse(path, 'not-deployed', `\`${value}\` can not be planted: \`${serviceOf(value)}\` is not deployed`)
  }

  const names = textsAt(source.value, 'weaknesses.*')
  const attacked = new Set<unknown>()
  for (const attack of rawAttacks(source)) {
    const [path, value] = [[...attack.path, 'weakness'], child(attack.value, 'weakness')]
    attacked.add(value)
    if (typeof value !== 'string' || !value.includes('/') || names.includes(value)) continue
    if (catalogue.services.has(serviceOf(value)) && !services.has(serviceOf(value)))
      refuse(
        path,
        'not-deployed',
        `\`${value}\` can not be attacked: \`${serviceOf(value)}\` is not deployed`,
      )
    else if (catalogue.weaknesses.has(value))
      refuse(path, 'not-planted', `\`${value}\` is not planted; add it to \`weaknesses\``)
    else refuse(path, 'unknown-weakness', `there is no weakness \`${value}\``, nearest(value, names))
  }
  for (const { path, value } of planted)
    if (!attacked.has(value) && typeof value === 'string' && catalogue.weaknesses.has(value))
      report.push(
        source.problem(path, {
          code: 'not-attacked',
          severity: 'warning',
          message: `nothing attacks \`${value}\``,
        }),
      )

  const attacks = rawAttacks(source).flatMap(({ id }) => (id ? [id] : []))
  for (const { path, value } of select(source.value, 'timeline.tutor.*.landed'))
    if (typeof value === 'string' && !attacks.includes(value))
      refuse(path, 'unknown-attack', `there is no attack \`${value}\``, nearest(value, attacks))

  const journeys = [...services.values()].flatMap((s) =>
    [...s.journeys.keys()].map((journey) => `${s.id}/${journey}`),
  )
  const keys = ['checks.journeys.*', 'citizens.personas.*.journeys.*'].flatMap((pattern) =>
    [...select(source.value, pattern)].map(({ path }) => ({ path, name: String(path.at(-1)), key: true })),
  )
  const values = [...select(source.value, 'life.*.journeys.*')].flatMap(({ path, value }) =>
    typeof value === 'string' ? [{ path, name: value, key: false }] : [],
  )
  for (const { path, name, key } of [...keys, ...values])
    if (!journeys.includes(name))
      refuse(
        path,
        'unknown-journey',
        `\`${name}\` is no journey of a deployed service`,
        nearest(name, journeys),
        key,
      )
}

const ms = (value: unknown) => (typeof value === 'string' ? parseDuration(value) : null)

function checkTimes(source: Source, report: Diagnostic[]): void {
  const duration = ms(only(source, 'duration'))
  for (const { path, value } of select(source.value, 'timeline.attacks.*')) {
    const at = ms(child(value, 'at'))
    if (at === null || duration === null) continue
    const jitter = ms(child(value, 'jitter')) ?? 0
    const say = (message: string) =>
      report.push(source.problem([...path, 'at'], { code: 'outside-exercise', message }))
    if (at + jitter >= duration)
      say(
        `${formatDuration(at + jitter)}${jitter ? ' (with jitter)' : ''} is not within the exercise, which lasts ${formatDuration(duration)}`,
      )
    else if (at < jitter)
      say(`${formatDuration(at)} less its jitter of ${formatDuration(jitter)} is before the start`)
  }
}

function checkPhases(source: Source, report: Diagnostic[]): void {
  const duration = ms(only(source, 'duration'))
  let before: number | null = null
  for (const { path, value } of select(source.value, 'timeline.phases.*.from')) {
    const from = ms(value)
    if (from === null) continue
    const say = (code: string, message: string) => report.push(source.problem(path, { code, message }))
    if (before === null && path[2] === 0 && from !== 0) say('phase-order', 'the first phase starts at `0s`')
    if (before !== null && from <= before)
      say('phase-order', `a phase starts after the one before it (${formatDuration(before)})`)
    if (duration !== null && from >= duration)
      say(
        'outside-exercise',
        `${formatDuration(from)} is not within the exercise, which lasts ${formatDuration(duration)}`,
      )
    before = from
  }
}

function checkNumbers(source: Source, report: Diagnostic[]): void {
  const say = (path: Path, message: string) =>
    report.push(source.problem(path, { code: 'out-of-range', message }))
  const teams = [...select(source.value, 'teams.*')].length
  const wanted = only(source, 'defaultTeams')
  if (typeof wanted === 'number' && teams > 0 && wanted > teams)
    say(['defaultTeams'], `there are only ${teams} teams`)

  const shares = [...select(source.value, 'citizens.personas.*.share')].map(({ value }) => Number(value))
  const people = shares.reduce((sum, share) => sum + share, 0)
  if (shares.length > 0 && shares.every(Number.isFinite) && Math.abs(people - 1) > 0.001)
    say(
      ['citizens', 'personas'],
      `the shares of all personas make ${Number(people.toFixed(4))}; everybody is 1`,
    )
  const weights = [...select(source.value, 'services.*.weight')].map(({ value }) => value)
  if (
    weights.length > 0 &&
    weights.length === [...select(source.value, 'services.*')].length &&
    weights.every((w) => w === 0)
  )
    say(['services'], 'one service at least must weigh more than 0')

  const scoring = only(source, 'scoring')
  const parts = CATEGORIES.map((category) => child(scoring, category) ?? CATEGORY_RULES[category].usualPoints)
  const sum = parts.reduce<number>((total, part) => total + Number(part), 0)
  if (parts.every((part) => typeof part === 'number') && sum !== 10_000)
    say(
      ['scoring'],
      `${CATEGORIES.slice(0, -1).join(', ')} and ${CATEGORIES.at(-1)} make ${sum} points; a whole exercise has 10000`,
    )
  const full = ms(child(scoring, 'recoveryFull') ?? '30s')
  const zero = ms(child(scoring, 'recoveryZero') ?? '4m')
  if (full !== null && zero !== null && zero <= full)
    say(['scoring', 'recoveryZero'], 'must be more than `recoveryFull`')
}

/** A service that (through others) needs itself never gets ready. Each cycle is told once, at the service that comes first in it. */
function checkCycles(services: ReadonlyMap<string, ServiceFolder>, report: Diagnostic[]): void {
  const done = new Set<string>()
  const visit = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id)
    if (start >= 0) {
      const cycle = [...trail.slice(start), id]
      const source = services.get(id)?.yaml?.source
      const message = `services need each other in a circle: ${cycle.join(' -> ')}`
      if (source) report.push(source.problem(['needs'], { code: 'cycle', message }))
      return
    }
    if (done.has(id)) return
    for (const { value } of select(services.get(id)?.yaml?.source.value, 'needs.*'))
      if (typeof value === 'string') visit(value, [...trail, id])
    done.add(id)
  }
  for (const id of services.keys()) visit(id, [])
}

/** What there is one of in an enclave. */
function checkSingle(services: ReadonlyMap<string, ServiceFolder>, report: Diagnostic[]): void {
  for (const key of ['hub', 'collector', 'database']) {
    const [first, ...others] = [...services.values()].filter(
      ({ yaml }) => child(yaml?.source.value, key) === true,
    )
    for (const { id, yaml } of others) {
      const message = `\`${id}\` is \`${key}: true\` and so is \`${first?.id}\`; one deployed service is, at most`
      if (yaml) report.push(yaml.source.problem([key], { code: 'two-of-one', message, key: true }))
    }
  }
}

const child = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
const only = (source: Source, key: string): unknown => child(source.value, key)
