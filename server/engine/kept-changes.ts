import { type State, teamOf } from '../exercise/fold/state.ts'
import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Recorded } from '../exercise/ledger/events.ts'
import type { FileRef } from '../exercise/scenario/inject.ts'
import { handleOf } from '../exercise/scenario/weaknesses.ts'
import type { Engine } from './engine.ts'
import type { LoadedScenario } from './ports/loaded-scenario.ts'
import type { Clock, EventLog, Range } from './ports/ports.ts'
import { openQueue } from './queue.ts'
import { sha256 } from './sha256.ts'
import type { Place } from './sources.ts'

/** Of one service, before the end: whoever restarts it all day fills no store. The end is always kept. */
const MOST_OF_SERVICE = 20
/** What is left of reading the sources when the platform stops is given up after that, ms. */
const LEAVE_MS = 60_000

export const DIFF_TYPE = 'text/x-diff'

/** Keeps for the report what teams changed in their services, while the containers are there to be read. */
export interface KeptChanges {
  /** Waits for what is being kept, a minute at most. */
  close(): Promise<void>
}

/**
 * Keeps what a team had changed in a service's sources as a file beside the ledger: after each restart by the editor, when a terminal there is closed, when an attacker was driven
 * out, and of all services at the end; then the reference fixes as well, for those who played to lay beside. The containers are read by the engine, one after another.
 */
export function openKeptChanges(of: {
  readonly engine: Engine
  readonly range: Pick<Range, 'changes'>
  readonly log: Pick<EventLog, 'keepFile'>
  readonly clock: Clock
  readonly patches: LoadedScenario['patches']
  readonly fault: (what: string, error: unknown) => void
}): KeptChanges {
  const { engine, range, log, clock, fault } = of
  const queue = openQueue()
  const waiting = new Set<string>()
  const kept = new Map<string, number>()

  const keepFile = async (owner: string, name: string, text: string): Promise<FileRef> => {
    const content = Buffer.from(text)
    const file = { name, type: DIFF_TYPE, bytes: content.length, sha256: sha256(content) }
    await log.keepFile(engine.exerciseId, { ...file, owner, wall: clock.now() }, content)
    return file
  }
  const keep = async (team: string, service: string) => {
    const diff = await range.changes(team, service)
    if (!diff) return
    const file = await keepFile(team, `${service}.diff`, diff)
    const data = { team, service, file, ...sizeOf(diff) }
    await engine.submit({ type: 'keep-changes', data }, PLATFORM)
  }
  const want = (team: string, service: string, atEnd = false) => {
    const key = `${team}/${service}`
    const count = kept.get(key) ?? 0
    if (waiting.has(key) || (!atEnd && count >= MOST_OF_SERVICE)) return
    kept.set(key, count + 1)
    waiting.add(key)
    queue
      .run(() => {
        waiting.delete(key)
        return keep(team, service)
      })
      .catch((error) => fault(`keeping what ${key} changed`, error))
  }
  const keepFixes = async () => {
    const fixes = []
    const { weaknesses } = engine.state().scenario
    for (const { id, service, title } of weaknesses) {
      const text = of.patches[id]?.fix
      if (!text) continue
      fixes.push({ service, title, file: await keepFile('', `${handleOf(weaknesses, id)}.diff`, text) })
    }
    await engine.submit({ type: 'keep-fixes', data: { fixes } }, PLATFORM)
  }
  const atEnd = () => {
    queue.run(keepFixes).catch((error) => fault('keeping the reference fixes', error))
    const { teams, scenario } = engine.state()
    for (const { id: team } of teams) for (const { id } of scenario.services) want(team, id, true)
  }
  const stop = engine.onEvents((events) => {
    for (const event of events) {
      if (event.type === 'exercise.ended') atEnd()
      const place = changedBy(event, engine.state())
      if (place) want(place.team, place.service)
    }
  })
  return {
    async close() {
      stop()
      await Promise.race([queue.idle(), clock.sleep(LEAVE_MS)])
    },
  }
}

/** Where something may have been changed for good, after an event; null: nowhere. */
function changedBy({ type, data }: Recorded, state: State): Place | null {
  switch (type) {
    case 'app.restarted':
      return data.ok ? data : null
    case 'terminal.closed':
      return data
    case 'foothold.closed': {
      const attack = teamOf(state, data.team)?.attacks.find((one) => one.attack === data.attack)
      return attack ? { team: data.team, service: attack.info.service } : null
    }
    default:
      return null
  }
}

/** How much a unified diff changes: files, lines. */
function sizeOf(diff: string) {
  const lines = diff.split('\n')
  const files = lines.filter((line) => line.startsWith('+++ ')).length
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length - files
  return { files, added: count('+'), removed: count('-') }
}
