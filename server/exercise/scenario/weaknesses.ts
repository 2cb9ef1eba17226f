import type { Attack, AttackInfo, Scenario, Weakness } from './model.ts'
import { noText } from './no-scenario.ts'

/**
 * What a blue team calls a weakness before it knows it: the n-th of its service, e.g. `tax-2`. State and views use handles
 * only. A handle, or what is not in the scenario, is its own handle: so folds of redacted streams agree with the whole ledger's.
 */
export function handleOf(weaknesses: readonly Pick<Weakness, 'id' | 'service'>[], id: string): string {
  const found = weaknesses.find((w) => w.id === id)
  if (!found) return id
  const ordinal = weaknesses.filter((w) => w.service === found.service).indexOf(found)
  return `${found.service}-${ordinal + 1}`
}

/** The service that a handle names. */
export const serviceOfHandle = (handle: string): string => handle.replace(/-\d+$/, '')

/** Finds a weakness by its handle alone: who names weaknesses by what they are called elsewhere is not told which of them are planted. */
export const weaknessByHandle = ({ weaknesses }: Scenario, handle: string): Weakness | undefined =>
  weaknesses.find(({ id }) => handleOf(weaknesses, id) === handle)

/** Finds a weakness by its id or its handle. */
export const weaknessOf = (scenario: Scenario, idOrHandle: string): Weakness | undefined =>
  scenario.weaknesses.find(({ id }) => id === idOrHandle) ?? weaknessByHandle(scenario, idOrHandle)

/** Sum of the weights of all attacks of the scenario, also in a redacted one; without those that the instructor added. */
export const attackWeight = (scenario: Scenario): number =>
  scenario.attackWeight ??
  scenario.attacks.reduce((sum, attack) => sum + (attack.added ? 0 : attack.weight), 0)

/** What events say about their attack, launched at `atMs`, so that a viewer without the timeline can show and score it. */
export function attackInfo(scenario: Scenario, attack: Attack, atMs: number): AttackInfo {
  const weakness = scenario.weaknesses.find((w) => w.id === attack.weakness)
  const before = scenario.attacks.slice(0, scenario.attacks.indexOf(attack))
  return {
    service: attack.service,
    weakness: handleOf(scenario.weaknesses, attack.weakness),
    title: attack.title,
    publicText: weakness?.publicText ?? noText,
    technique: weakness?.technique ?? '',
    owasp: weakness?.owasp ?? '',
    ...(weakness?.cwe && { cwe: weakness.cwe }),
    ...(weakness?.takes && { takes: weakness.takes }),
    ...(scenario.scoring.reporting > 0 && { toReport: true }),
    atMs,
    weight: attack.weight,
    // What was added stands behind all of the scenario, in the order in which it was added.
    weightBefore: before.reduce((sum, a) => sum + a.weight, 0),
    ...(attack.added && { added: true }),
  }
}
