import { injectOf } from '../fold/state.ts'
import type { NoteAbout } from '../ledger/control-events.ts'
import { MESSAGE_PREFIX, messageInfo } from '../scenario/message-info.ts'
import { sameWallPage } from '../scenario/wall-scene.ts'
import { EXERCISE_NAME_LENGTH, writtenName } from '../scenario/written-name.ts'
import { entriesOf } from '../schedule/timeline.ts'
import { scoreAt } from '../scoring/scoring.ts'
import {
  accept,
  type Deciders,
  fact,
  nothing,
  refuse,
  said,
  standing,
  toBegin,
  wrongPhase,
} from './decision.ts'

/** Longest message of white to teams; and where guests get it too, who read it on a wall. */
export const MESSAGE_LENGTH = { teams: 2_000, guests: 300 } as const

/** Of one host alone. */
const PAGE_PATH = /^\/(?![/\\])[\x21-\x7e]{0,298}$/

type Asked =
  | 'send-message'
  | 'freeze-standings'
  | 'reveal-standings'
  | 'plan-start'
  | 'miss-start'
  | 'name-exercise'
  | 'set-wall-scene'
  | 'set-wall-page'
  | 'drop-wall-page'
  | 'add-note'

/** What those who run the exercise say to people and to themselves, and what they hold back. */
export const control: Deciders<Asked> = {
  'send-message': (state, command, at) => {
    const { data, by } = command
    const { message, teams: to, guests } = data
    if (!standing(state)) return wrongPhase(state, command)
    const max = guests ? MESSAGE_LENGTH.guests : MESSAGE_LENGTH.teams
    const text = said(data.text, max)
    if (text === null)
      return refuse('message-empty', `A message ${guests ? 'for guests ' : ''}has 1 to ${max} characters.`, {
        max,
      })
    const unknown = to?.find((id) => !state.teams.some((team) => team.id === id))
    if (unknown !== undefined)
      return refuse('unknown-team', `There is no team ${unknown} in this exercise.`, { team: unknown })
    const meant = state.teams.filter(({ id }) => to === null || to.includes(id))
    if (message === '' || (meant.length === 0 && !guests))
      return refuse('message-to-nobody', 'Say whom the message is for: teams, guests or both.')
    // The same message a second time, by another press or from another page.
    const inject = `${MESSAGE_PREFIX}${message}`
    const known =
      state.told.some((one) => one.message === message) || state.teams.some((team) => injectOf(team, inject))
    if (known) return nothing
    const info = messageInfo(text, data.wantsRead)
    return accept(
      ...meant.map(({ id }) => fact('inject.sent', at, { team: id, inject, info, deadlineMs: null })),
      ...(guests ? [fact('guests.told', at, { message, text, by })] : []),
    )
  },

  'freeze-standings': (state, command, at) => {
    if (!standing(state)) return wrongPhase(state, command)
    if (state.standings) return nothing
    const scores = Object.fromEntries(state.teams.map(({ id }) => [id, scoreAt(state, id, at)]))
    return accept(fact('standings.frozen', at, { scores, by: command.by }))
  },

  'reveal-standings': (state, { by }, at) =>
    state.standings ? accept(fact('standings.revealed', at, { by })) : nothing,

  'plan-start': (state, command, at) => {
    const { atWall } = command.data
    if (state.exerciseId === '' || !toBegin(state)) return wrongPhase(state, command)
    return atWall === state.plannedStart
      ? nothing
      : accept(fact('start.planned', at, { atWall, by: command.by }))
  },

  'miss-start': (state, { by }, at) =>
    state.plannedStart === null || !toBegin(state)
      ? nothing
      : accept(fact('start.planned', at, { atWall: null, missed: true, by })),

  // In every phase: a name is found, or mended, when an exercise is long over.
  'name-exercise': (state, { data, by }, at) => {
    if (state.exerciseId === '') return refuse('no-exercise', 'There is no exercise yet.')
    const name = data.name === null ? null : writtenName(data.name, EXERCISE_NAME_LENGTH)
    if (name === null && data.name !== null)
      return refuse(
        'bad-name',
        `The name of an exercise has 1 to ${EXERCISE_NAME_LENGTH} characters that can be seen, and none that control.`,
        { max: EXERCISE_NAME_LENGTH },
      )
    return name === state.name ? nothing : accept(fact('exercise.named', at, { name, by }))
  },

  // Also before the start and after the end: there are walls then, and people who look at them.
  'set-wall-scene': (state, { data, by }, at) => {
    if (state.exerciseId === '') return refuse('no-exercise', 'There is no exercise yet.')
    return state.wallScene === data.scene
      ? nothing
      : accept(fact('wall.scene-set', at, { scene: data.scene, by }))
  },

  'set-wall-page': (state, { data: { page }, by }, at) => {
    if (page === null)
      return state.wallPage === null ? nothing : accept(fact('wall.page-set', at, { page, by }))
    if (!standing(state))
      return refuse(
        'no-page-now',
        'There are services to be seen from when the enclaves are up until the end.',
      )
    if (!state.teams.some(({ id }) => id === page.team))
      return refuse('unknown-team', `There is no team ${page.team} in this exercise.`, { team: page.team })
    if (!state.scenario.services.some(({ id }) => id === page.service))
      return refuse('unknown-service', `There is no service ${page.service} in this exercise.`, {
        service: page.service,
      })
    if (!PAGE_PATH.test(page.path))
      return refuse('bad-page-path', 'A path begins with / and has at most 300 characters.', { max: 300 })
    return sameWallPage(state.wallPage, page) ? nothing : accept(fact('wall.page-set', at, { page, by }))
  },

  'drop-wall-page': (state, { data: { page, reason }, by }, at) =>
    sameWallPage(state.wallPage, page)
      ? accept(fact('wall.page-set', at, { page: null, reason, by }))
      : nothing,

  'add-note': (state, { data, by }, at) => {
    if (state.exerciseId === '') return refuse('no-exercise', 'There is no exercise yet.')
    const text = said(data.text, 2000)
    if (text === null) return refuse('note-empty', 'A note has 1 to 2,000 characters.', { max: 2000 })
    const about = aboutOf(data.about)
    if (about?.team && !state.teams.some(({ id }) => id === about.team))
      return refuse('unknown-team', `There is no team ${about.team} in this exercise.`, { team: about.team })
    const { entry = null } = about ?? {}
    if (entry && !entriesOf(state).some(({ kind, id }) => kind === entry.kind && id === entry.id))
      return refuse('unknown-entry', `The timeline has no ${entry.kind} ${entry.id}.`, { entry: entry.id })
    const last = state.notes.at(-1)
    if (last?.text === text && sameAbout(last.about, about)) return nothing
    return accept(fact('note.added', at, { text, ...(about && { about }), by }))
  },
}

const aboutOf = (about: NoteAbout | undefined): NoteAbout | undefined =>
  about && (about.team !== null || about.entry !== null) ? about : undefined

const sameAbout = (a: NoteAbout | undefined, b: NoteAbout | undefined): boolean =>
  (a?.team ?? null) === (b?.team ?? null) &&
  a?.entry?.kind === b?.entry?.kind &&
  a?.entry?.id === b?.entry?.id
