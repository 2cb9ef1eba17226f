import { PLATFORM } from '../exercise/ledger/actor.ts'
import { lootOf } from '../exercise/schedule/chains.ts'
import { attemptFoothold, type Target } from './attempts.ts'
import type { Engine } from './engine.ts'
import type { PacedWork } from './pace.ts'
import type { Range } from './ports.ts'

/** How often a foothold is looked at while its service is worked on. Exercise time. */
const SOON_MS = 3_000

function attackOf(engine: Engine, attack: string) {
  const found = engine.state().scenario.attacks.find((a) => a.id === attack)
  if (!found) throw new Error(`the timeline names attack ${attack}, the scenario does not`)
  return found
}

/** Where an attack goes in a team's enclave, with what the attackers have carried off there so far. */
export function targetOf(engine: Engine, team: string, attack: string): Target {
  const found = attackOf(engine, attack)
  return { team, service: found.service, weakness: found.weakness, loot: lootOf(engine.state(), team) }
}

/** Looks again and again whether what landed still holds. */
export function openFootholds({ engine, range }: { engine: Engine; range: Range }) {
  /** When each was looked at last, exercise time. */
  const looked = new Map<string, number>()
  const busy = new Set<string>()
  const keyOf = (team: string, attack: string) => `${team}/${attack}`

  const look = async (team: string, attack: string) => {
    const target = targetOf(engine, team, attack)
    const { result, alive, evidence } = await attemptFoothold(range, engine.state().scenario, target)
    const data = { team, attack, result, alive, evidence }
    await engine.submit({ type: 'report-foothold', data }, PLATFORM)
  }

  /** Somebody has a terminal open where the attack went. */
  const atWork = (team: string, service: string): boolean =>
    engine
      .state()
      .teams.find(({ id }) => id === team)
      ?.terminals.some((open) => open.service === service) ?? false

  return {
    /** Those of `open` that are due, to be looked at when there is room for it. */
    due(
      open: readonly { readonly team: string; readonly attack: string }[],
      regularMs: number,
      atMs: number,
    ): readonly PacedWork[] {
      return open.flatMap(({ team, attack }) => {
        const key = keyOf(team, attack)
        // Somebody at work there wants to know soon.
        const everyMs = atWork(team, attackOf(engine, attack).service) ? SOON_MS : regularMs
        const dueMs = (looked.get(key) ?? 0) + everyMs
        if (atMs < dueMs || busy.has(key)) return []
        const run = async () => {
          looked.set(key, atMs)
          busy.add(key)
          await look(team, attack).finally(() => busy.delete(key))
        }
        return [{ dueMs, everyMs, first: false, run }]
      })
    },
    /** Something happened to the service: look at what landed there now. */
    hurry(team: string, service: string): void {
      for (const attack of engine.state().scenario.attacks)
        if (attack.service === service) looked.delete(keyOf(team, attack.id))
    },
  }
}
