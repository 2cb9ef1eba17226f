import type { RecordedOf } from '../ledger/events.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { AttackInfo } from '../scenario/model.ts'
import { attackInfo } from '../scenario/weaknesses.ts'
import { type Draft, ownList, serviceIn, teamIn } from './draft.ts'
import { confirmCases, openCase } from './evolve-case.ts'
import { settle } from './evolve-service.ts'
import type { AttackState } from './state.ts'
import { tell, tellWhite } from './story.ts'

type Begun = RecordedOf<'attack.launched'> | RecordedOf<'attack.landed'> | RecordedOf<'attack.blocked'>

function infoOf(draft: Draft, event: Begun): AttackInfo | undefined {
  if (event.data.info) return event.data.info
  const { scenario } = draft.root
  const attack = scenario.attacks.find((a) => a.id === event.data.attack)
  return attack && attackInfo(scenario, attack, event.at)
}

/** Puts an attack's new state in its place; one that this viewer did not see begin is new. */
function put(draft: Draft, event: Begun, change: Partial<AttackState>) {
  const team = teamIn(draft, event.data.team)
  if (!team) return
  const index = team.attacks.findIndex((a) => a.attack === event.data.attack)
  const before = team.attacks[index]
  const info = before?.info ?? infoOf(draft, event)
  if (!info) return
  const attacks = ownList(draft, team.attacks)
  const fresh: AttackState = before ?? {
    attack: event.data.attack,
    info,
    attempt: event.data.attempt,
    launchedMs: event.at,
    state: 'under-way',
    concludedMs: null,
    closedMs: null,
    restoredMs: null,
    concludedBy: 0,
    closedBy: 0,
    restoredBy: 0,
    evidence: null,
    closedEvidence: null,
  }
  attacks[index < 0 ? attacks.length : index] = { ...fresh, attempt: event.data.attempt, ...change }
  team.attacks = attacks
}

export function launched(draft: Draft, event: RecordedOf<'attack.launched'>) {
  put(draft, event, { state: 'under-way', launchedMs: event.at })
  tellWhite(draft, event, 'warning', 'attack.launched', named(draft, event))
}

export function landed(draft: Draft, event: RecordedOf<'attack.landed'>) {
  put(draft, event, {
    state: 'landed',
    concludedMs: event.at,
    concludedBy: event.position,
    evidence: event.data.evidence,
    ...(event.data.loot && { loot: event.data.loot }),
  })
  attackCase(draft, event, false)
  tell(draft, event, 'bad', 'attack.landed', named(draft, event))
}

export function blocked(draft: Draft, event: RecordedOf<'attack.blocked'>) {
  const defended = event.data.cause === 'defended'
  put(draft, event, {
    state: defended ? 'blocked' : 'blocked-by-outage',
    concludedMs: event.at,
    concludedBy: event.position,
    evidence: event.data.evidence,
  })
  attackCase(draft, event, defended)
  tell(
    draft,
    event,
    defended ? 'good' : 'warning',
    defended ? 'attack.blocked' : 'attack.outage',
    named(draft, event),
  )
}

/** What the team saw of it is a case; one that was defended is over as it opens. */
function attackCase(draft: Draft, event: Begun, over: boolean) {
  const team = teamIn(draft, event.data.team)
  const service =
    infoOf(draft, event)?.service ??
    team?.attacks.find(({ attack }) => attack === event.data.attack)?.info.service
  if (!team || service === undefined) return
  const closed = over ? ({ state: 'closed', confirmedMs: event.at } as const) : {}
  openCase(team, event, { kind: 'attack', attack: event.data.attack }, { service, ...closed })
}

function named(draft: Draft, event: Begun) {
  return {
    team: event.data.team,
    service: infoOf(draft, event)?.service ?? null,
    attack: event.data.attack,
  }
}

export function abandoned(draft: Draft, event: RecordedOf<'attack.abandoned'>) {
  const { data } = event
  const team = teamIn(draft, data.team)
  const index = team?.attacks.findIndex((a) => a.attack === data.attack) ?? -1
  const before = team?.attacks[index]
  if (!team || before?.state !== 'under-way') return
  const attacks = ownList(draft, team.attacks)
  const state = data.attempt >= rulesOf(draft.root, draft.table).attempts ? 'void' : 'abandoned'
  attacks[index] = { ...before, state, concludedMs: state === 'void' ? event.at : null }
  team.attacks = attacks
  tellWhite(draft, event, 'warning', `attack.${state}`, {
    team: team.id,
    service: before.info.service,
    attack: data.attack,
    params: { reason: data.reason },
  })
}

export function footholdClosed(draft: Draft, event: RecordedOf<'foothold.closed'>) {
  const { data } = event
  const team = teamIn(draft, data.team)
  const index = team?.attacks.findIndex((a) => a.attack === data.attack) ?? -1
  const before = team?.attacks[index]
  if (!team || !before || before.closedMs !== null) return
  const service = serviceIn(draft, team, before.info.service)
  if (service) {
    settle(draft, team, service, event.at)
    service.position = event.position
  }
  const attacks = ownList(draft, team.attacks)
  attacks[index] = {
    ...before,
    closedMs: data.sinceMs ?? event.at,
    closedBy: event.position,
    closedEvidence: data.evidence,
  }
  team.attacks = attacks
  team.restoring = [...team.restoring, index]
  confirmCases(team, event, ({ cause }) => cause.kind === 'attack' && cause.attack === data.attack)
  tell(draft, event, 'good', 'foothold.closed', {
    team: team.id,
    service: before.info.service,
    attack: data.attack,
  })
}
