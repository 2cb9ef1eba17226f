import { type Diagnostic, meant, nearest } from '../../diagnostics/diagnostics.ts'
import type { Path, Source } from '../../diagnostics/read.ts'
import { textsAt } from '../../diagnostics/read.ts'
import type { ServiceFolder } from '../../service-files.ts'
import { meet, OUTCOMES_OF, whyNever } from './outcomes.ts'
import { child, leavesOf, type RawEntry, strings } from './raw-entries.ts'

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

const EVERY_OUTCOME = new Set([...OUTCOMES_OF.values()].flat())

/** Checks every name in triggers, conditions and addressees. */
export function checkTriggerNames(
  source: Source,
  entries: readonly RawEntry[],
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const say = (path: Path, code: string, message: string, hint?: string) =>
    report.push(source.problem(path, { code, message: message + meant(hint), ...(hint && { hint }) }))
  const names = (pattern: string) => textsAt(source.value, pattern)
  const phases = names('timeline.phases.*.id')
  // What stands twice is told elsewhere.
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const awaited = entries.filter(({ kind }) => OUTCOMES_OF.has(kind)).map(({ id }) => id)
  const attacks = entries.filter(({ kind }) => kind === 'attack').map(({ id }) => id)

  const checkOutcome = (entry: RawEntry, name: unknown, outcome: unknown, at: Path, outcomeAt: Path) => {
    if (typeof name !== 'string' || typeof outcome !== 'string') return
    const other = byId.get(name)
    if (!other) return say(at, 'unknown-entry', `there is no entry \`${name}\``, nearest(name, awaited))
    const outcomes = OUTCOMES_OF.get(other.kind)
    // What is no kind of entry and no outcome of anything, the schema has refused.
    if (!outcomes || !EVERY_OUTCOME.has(outcome)) return
    if (!outcomes.includes(outcome))
      return say(
        outcomeAt,
        'wrong-outcome',
        `\`${name}\` is of kind \`${other.kind}\`; it comes out as one of ${quoted(outcomes)}`,
        nearest(outcome, outcomes),
      )
    const never = whyNever(other, outcome)
    if (never) return say(outcomeAt, 'never-comes', never)
    checkMeet(entry, other, at)
  }

  const checkMeet = (entry: RawEntry, other: RawEntry, at: Path) => {
    if (!meet(entry, other))
      say(
        at,
        'never-comes',
        `\`${other.id}\` goes to ${quoted(other.teams ?? [])} and this to ${quoted(entry.teams ?? [])}: no team gets both`,
      )
  }

  const checkAttack = (entry: RawEntry, name: unknown, at: Path) => {
    if (typeof name !== 'string') return
    const other = entries.find(({ kind, id }) => kind === 'attack' && id === name)
    if (other) return checkMeet(entry, other, at)
    say(at, 'unknown-attack', `there is no attack \`${name}\``, nearest(name, attacks))
  }

  const checkReport = (entry: RawEntry, about: unknown, at: Path) => {
    checkAttack(entry, child(about, 'attack'), [...at, 'attack'])
    const service = child(about, 'service')
    if (typeof service === 'string' && !services.has(service))
      say(
        [...at, 'service'],
        'not-deployed',
        `\`${service}\` is not deployed, so that no report is of it`,
        nearest(service, services.keys()),
      )
  }

  const checkVerdict = (written: string, path: Path) => {
    const [service = '', journey] = written.split('/')
    const found = services.get(service)
    const at = [...path, 'verdict']
    if (!found)
      return say(
        at,
        'not-deployed',
        `\`${service}\` is not deployed, so that its verdict is never known`,
        nearest(service, services.keys()),
      )
    if (journey === undefined || found.journeys.has(journey)) return
    const near = nearest(journey, found.journeys.keys())
    say(
      at,
      'unknown-journey',
      `\`${written}\` is no journey of a deployed service`,
      near && `${service}/${near}`,
    )
  }

  for (const entry of entries) {
    const { trigger, path } = entry
    if (trigger?.kind === 'after' && entry.list === 'entries')
      checkOutcome(
        entry,
        trigger.entry,
        trigger.outcome,
        [...path, ...trigger.entryPath],
        [...path, ...trigger.outcomePath],
      )
    if (trigger?.kind === 'when')
      for (const leaf of leavesOf(trigger.when, [...path, 'when'])) {
        const { value } = leaf
        const [verdict, foothold, phase] = [
          child(value, 'verdict'),
          child(value, 'foothold'),
          child(value, 'phase'),
        ]
        checkOutcome(
          entry,
          child(value, 'entry'),
          child(value, 'outcome'),
          [...leaf.path, 'entry'],
          [...leaf.path, 'outcome'],
        )
        if (typeof verdict === 'string') checkVerdict(verdict, leaf.path)
        if (foothold !== 'any') checkAttack(entry, foothold, [...leaf.path, 'foothold'])
        checkReport(entry, child(value, 'report'), [...leaf.path, 'report'])
        if (typeof phase === 'string' && !phases.includes(phase))
          say(
            [...leaf.path, 'phase'],
            'unknown-phase',
            `there is no phase \`${phase}\``,
            nearest(phase, phases),
          )
      }
  }
  checkAddressees(source, entries, report)
}

/** Teams that are there, and that play unless somebody asks for more. */
function checkAddressees(source: Source, entries: readonly RawEntry[], report: Diagnostic[]): void {
  const teams = textsAt(source.value, 'teams.*.id')
  const playing = child(source.value, 'defaultTeams')
  const players = typeof playing === 'number' ? teams.slice(0, playing) : teams
  for (const { path, value } of entries) {
    for (const [index, team] of strings(child(value, 'teams')).entries()) {
      const at = [...path, 'teams', index]
      const hint = teams.includes(team) ? undefined : nearest(team, teams)
      const message = `there is no team \`${team}\`${meant(hint)}`
      if (!teams.includes(team))
        report.push(source.problem(at, { code: 'unknown-team', message, ...(hint && { hint }) }))
    }
    const named = strings(child(value, 'teams')).filter((team) => teams.includes(team))
    if (named.length === 0 || named.some((team) => players.includes(team))) continue
    const message = `only the first ${players.length} teams play unless more are asked for (\`defaultTeams\`): without them this comes to nobody`
    report.push(
      source.problem([...path, 'teams'], { code: 'team-not-playing', severity: 'warning', message }),
    )
  }
}
