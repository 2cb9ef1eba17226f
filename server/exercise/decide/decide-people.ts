import { wasHandedBack } from '../fold/team-acts.ts'
import { pilotOf } from '../ledger/actor.ts'
import { PILOTS, SEATS } from '../scenario/model.ts'
import { hasVisible } from '../scenario/visible.ts'
import { handleOf, weaknessByHandle, weaknessOf } from '../scenario/weaknesses.ts'
import {
  accept,
  type Deciders,
  fact,
  inPlay,
  noLongerSo,
  nothing,
  refuse,
  said,
  standing,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { responding } from './responding.ts'

type Asked = 'change-pilot' | 'report-pilot' | 'take-hint' | 'issue-seat' | 'revoke-seat' | 'adjust-score'

/** What people ask for, and sparring pilots in their place. */
export const people: Deciders<Asked> = {
  'change-pilot': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { pilot: to } = command.data
      if (state.phase === 'ended') return wrongPhase(state, command)
      if (!PILOTS.includes(to)) return refuse('unknown-pilot', `There is no pilot ${to}.`, { pilot: to })
      if (to === team.pilot) return nothing
      const { by } = command
      if (by.kind === 'seat' && by.seat === 'blue' && to !== 'person')
        return refuse('not-your-pilot', 'A team may take over. Handing it to a pilot is the instructor’s.', {
          pilot: to,
        })
      return accept(fact('pilot.changed', at, { team: team.id, from: team.pilot, to, by }))
    }),

  'report-pilot': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const weakness = weaknessOf(state.scenario, data.weakness)
      if (!weakness) return unknownWeakness(data.weakness)
      if (!standing(state)) return nothing
      const { action, ok } = data
      const handle = handleOf(state.scenario.weaknesses, weakness.id)
      const what = { team: team.id, weakness: weakness.id, handle, action, ok } as const
      // Also what is over only when people have taken the team again: the machine did it.
      const handedBack = wasHandedBack(team.handBack) && ({ handedBack: true } as const)
      const acted = fact('pilot.acted', at, { ...what, ...handedBack })
      if (action === 'undo-wrong-fix') return accept(acted)
      const by = pilotOf(team.id)
      return accept(acted, ...responding(state, team, weakness.service, 'mending', by, at))
    }),

  'take-hint': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { scenario } = state
      if (!inPlay(state)) return wrongPhase(state, command)
      const handle = command.data.weakness
      const weakness = weaknessByHandle(scenario, handle)
      if (!weakness) return unknownWeakness(handle)
      const level = [1, 2, 3].find(
        (next) => !team.hints.some((hint) => hint.weakness === handle && hint.level === next),
      ) as 1 | 2 | 3 | undefined
      if (level === undefined)
        return refuse('no-more-hints', 'All three hints of this weakness are taken.', { weakness: handle })
      if (level !== command.data.level) return noLongerSo('The next hint', command.data.level, level)
      const text = weakness.hints[level - 1] ?? weakness.hints[0]
      return accept(
        fact('hint.taken', at, { team: team.id, weakness: weakness.id, handle, level, text, by: command.by }),
      )
    }),

  'issue-seat': (state, { data }, at) => {
    if (state.exerciseId === '') return refuse('no-exercise', 'There is no exercise yet.')
    if (!SEATS.includes(data.seat)) return refuse('unknown-seat', `There is no seat ${data.seat}.`)
    const known = state.seats.find((s) => s.seatId === data.seatId)
    if (!hasVisible(data.seatId) || known)
      return refuse('seat-exists', 'A seat needs an id of its own.', { seatId: data.seatId })
    const label = data.label.trim()
    if (label.length > 80) return refuse('label-too-long', 'A label has at most 80 characters.', { max: 80 })
    // It may be left out, but not be written in what nobody sees.
    if (label !== '' && !hasVisible(label))
      return refuse('label-unseen', 'A label needs a character that can be seen.')
    const issued = accept(fact('seat.issued', at, { ...data, label }))
    if (data.seat === 'blue') return withTeam(state, data.team ?? '', () => issued)
    return data.team === null
      ? issued
      : refuse('seat-has-no-team', `A ${data.seat} seat belongs to no team.`, { seat: data.seat })
  },

  'revoke-seat': (state, { data, by }, at) => {
    const seat = state.seats.find((s) => s.seatId === data.seatId)
    if (!seat) return refuse('unknown-seat', `There is no seat ${data.seatId}.`, { seatId: data.seatId })
    if (seat.revoked) return nothing
    const others = state.seats.filter((one) => one.seat === 'white' && !one.revoked && one !== seat)
    if (seat.seat === 'white' && others.length === 0)
      return refuse('last-white-seat', 'This is the last seat of an instructor. Make another one first.', {
        seatId: data.seatId,
      })
    return accept(fact('seat.revoked', at, { seatId: data.seatId, by }))
  },

  'adjust-score': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { category, points, seen } = command.data
      if (state.phase === 'created' || state.phase === 'deploying') return wrongPhase(state, command)
      const reason = said(command.data.reason, 500)
      if (reason === null)
        return refuse('reason-needed', 'An adjustment needs a reason of at most 500 characters.', {
          max: 500,
        })
      const most = state.scenario.scoring[category]
      if (!Number.isInteger(points) || points === 0 || !(Math.abs(points) <= most))
        return refuse('points-out-of-bounds', `${category} can be adjusted by 1 to ${most} whole points.`, {
          category,
          max: most,
        })
      const now = team.adjustments.length
      if (seen !== now) return noLongerSo('The number of adjustments', seen, now)
      return accept(fact('score.adjusted', at, { team: team.id, category, points, reason, by: command.by }))
    }),
}

const unknownWeakness = (weakness: string) =>
  refuse('unknown-weakness', `There is no weakness ${weakness} in this exercise.`, { weakness })
