import type { State } from '../exercise/fold/state.ts'
import type { EventPayloads, Recorded } from '../exercise/ledger/events.ts'
import { clockText } from '../exercise/scenario/clock-text.ts'
import type { Scenario } from '../exercise/scenario/model.ts'
import { publicExercise } from '../exercise/views/public-exercise.ts'

const broughtText = (changes: EventPayloads['enclave.moved']['changes']): string => {
  const of = (saved: boolean) =>
    changes.filter(({ savedWall }) => (savedWall !== null) === saved).map(({ service }) => service)
  const [brought, lost] = [of(true), of(false)]
  return `${brought.length > 0 ? `, with its changes of ${brought.join(', ')}` : ''}${lost.length > 0 ? `; those of ${lost.join(', ')} are lost` : ''}`
}

/**
 * One line per fact that somebody watching the terminal wants, or null. Progress of the deploy is told elsewhere, in place.
 * @param scenario as pinned in `exercise.created`
 */
export function reportLine(event: Recorded, scenario: Scenario): string | null {
  const attack = (id: string) => scenario.attacks.find((a) => a.id === id)?.title.en ?? id
  const at = clockText(event.at)
  switch (event.type) {
    case 'deploy.failed':
      return `Deploy failed${event.data.team ? ` for ${event.data.team}` : ''}: ${event.data.reason}\n${event.data.evidence}`
    case 'deploy.finished':
      return `All enclaves are up after ${(event.data.ms / 1000).toFixed(1)} s`
    case 'isolation.lost':
      return `${at} ${event.data.team ?? 'all teams'}: NOT ISOLATED: ${event.data.what}`
    case 'isolation.restored':
      return `${at} Isolated again, and proven from every enclave, after ${(event.data.lostMs / 1000).toFixed(1)} s`
    case 'machine.lost':
      return `${at} ${event.data.name} does not answer; it carries ${event.data.teams.join(', ')}, whose time does not count until it is back or they are moved`
    case 'machine.returned':
      return `${at} ${event.data.name} answers again`
    case 'enclave.move-began':
      return `${at} ${event.data.team}: its enclave is being set up on another machine`
    case 'enclave.moved':
      return event.data.ok
        ? `${at} ${event.data.team}: its enclave stands on ${event.data.name} now${broughtText(event.data.changes)}`
        : `${at} ${event.data.team}: its enclave could not be moved: ${event.data.reason}`
    case 'exercise.started':
      return `${at} The exercise runs`
    case 'exercise.paused':
      return `${at} Paused${event.data.reason ? `: ${event.data.reason}` : ''}`
    case 'exercise.resumed':
      return `${at} Goes on`
    case 'preparation.changed':
      return `${at} Terminals are ${event.data.open ? 'open to teams for preparation' : 'closed to teams'}`
    case 'exercise.skipped':
      return `${at} Skipped from ${clockText(event.data.fromMs)}`
    case 'speed.changed':
      return `${at} Speed ${event.data.to}`
    case 'strain.changed': {
      const { late, stretch, cause } = event.data
      const apart = stretch > 1 ? `, looks ${stretch} times as far apart` : ''
      return `${at} Measurements are ${late ? `late (${cause})` : 'on time'}${apart}`
    }
    case 'exercise.ended':
      return `${at} The exercise has ended`
    case 'phase.entered':
      return `${at} Phase: ${scenario.phases.find((p) => p.id === event.data.phase)?.title.en ?? event.data.phase}`
    case 'platform.recovered':
      return `${at} Taken up again where it was; ${(event.data.awayMs / 1000).toFixed(0)} s away do not count`
    case 'attack.landed':
      return `${at} ${event.data.team}: landed: ${attack(event.data.attack)}`
    case 'attack.blocked':
      return `${at} ${event.data.team}: ${event.data.cause === 'outage' ? 'no target (outage)' : 'blocked'}: ${attack(event.data.attack)}`
    case 'foothold.closed':
      return `${at} ${event.data.team}: foothold closed: ${attack(event.data.attack)}`
    case 'verdict.changed':
      return event.data.from === 'unknown'
        ? null
        : `${at} ${event.data.team}: ${event.data.service} (${event.data.journey}) is ${event.data.to}`
    case 'disk.filled': {
      const { team, service, heldMiB, teamMiB, allowedMiB, stays } = event.data
      return `${at} ${team}: ${service} filled the disk (${heldMiB} MiB, the team ${teamMiB} of ${allowedMiB}): stopped${stays ? '' : ' and started again'}`
    }
    case 'container.died':
      return `${at} ${event.data.team}: container of ${event.data.service} died (${event.data.oom ? 'out of memory' : `exit ${event.data.exitCode}`})`
    default:
      return null
  }
}

/** How it ended: each team's points, the most first, and where the reasons are. `last`: nothing else is under way. */
export function outcomeLines(state: State, atMs: number, last: boolean): readonly string[] {
  const { teams } = publicExercise(state, atMs)
  return [
    ...teams
      .toSorted((a, b) => b.score.total - a.score.total)
      .map(({ name, score }) => {
        const of = Object.entries(score.categories).map(
          ([category, { points, possible }]) => `${category} ${Math.round(points)}/${Math.round(possible)}`,
        )
        const total = Math.round(score.total).toString().padStart(6)
        return `  ${name.padEnd(12)} ${total} of ${Math.round(score.possible)}  ${of.join('  ')}`
      }),
    `Why: open the scoreboard.${last ? ' Ctrl-C stops and removes the enclaves.' : ''}`,
  ]
}

/** Progress told on stderr: in place on a terminal, a line every ten per cent elsewhere. Never on stdout. */
export function openProgress(out: NodeJS.WriteStream) {
  const last = new Map<string, number>()
  return {
    tell(key: string, done: number, total: number, what: string) {
      const percent = total > 0 ? Math.floor((100 * done) / total) : 0
      if (out.isTTY) {
        last.set(key, percent)
        const all = [...last].map(([name, value]) => `${name} ${value} %`).join('  ')
        out.write(`\r\x1b[K  ${all}  ${what.slice(0, 60)}`)
        return
      }
      const step = Math.floor(percent / 10)
      if (last.get(key) === step) return
      last.set(key, step)
      out.write(`  ${key} ${percent} %  ${what}\n`)
    },
    line(text: string) {
      out.write(out.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`)
    },
  }
}
