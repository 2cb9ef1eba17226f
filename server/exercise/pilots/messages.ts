import type { InjectState } from '../fold/inject-state.ts'
import { type State, type TeamState, teamOf } from '../fold/state.ts'
import type { AnswerContent } from '../ledger/answer.ts'
import {
  ANSWERING,
  type Answering,
  type MachineAnswer,
  type MachineAnswers,
} from '../scenario/machine-answer.ts'
import type { Pilot } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'
import type { PilotSays } from '../schedule/task.ts'
import { knownSitrep, knownText } from './known-facts.ts'
import { patienceMs } from './pilots.ts'

/** What there is to say to a message, beyond what the team's own view tells: as a person who knows the field would have it in the head. */
export interface Learned {
  readonly answers: MachineAnswers
  /** The right options of a choice that has some. */
  readonly right: readonly string[]
}

export interface PilotMessage {
  readonly inject: string
  readonly content: PilotSays
}

/** After what part of the time that a message gives its answer comes: late is later than all of it. A clumsy team chooses in time, and wrong. */
const PART: Readonly<Record<Answering, { readonly words: number; readonly choice: number }>> = {
  swift: { words: 0.35, choice: 0.25 },
  steady: { words: 0.75, choice: 0.6 },
  clumsy: { words: 1.25, choice: 0.85 },
}

/**
 * Messages that a sparring pilot answers now, and how: with the scenario's words for its skill, else with what its view knows. Each once; what wants a file or has no honest answer
 * that a machine could give stays unanswered. So does a question for which the scenario has no words: to take the right answer, which the platform knows, would be no skill. Pure.
 */
export function decideMessages(
  pilot: Pilot,
  teamId: string,
  view: State,
  learned: (inject: string) => Learned | undefined,
  atMs: number,
): readonly PilotMessage[] {
  const team = teamOf(view, teamId)
  const skill = ANSWERING.find((one) => one === pilot)
  if (!team || !skill || view.phase !== 'running') return []
  return team.injects.flatMap((sent) => {
    if (sent.answers.length + sent.tries.length > 0 || atMs < dueMs(skill, view, sent)) return []
    const content = contentOf(skill, view, team, sent, learned(sent.inject), atMs)
    return content ? [{ inject: sent.inject, content }] : []
  })
}

function dueMs(skill: Answering, view: State, { info, sentMs, deadlineMs }: InjectState): number {
  if (deadlineMs === null) return sentMs + patienceMs(skill, view)
  const kind = info.expects?.kind
  const part = PART[skill][kind === 'choice' || kind === 'question' ? 'choice' : 'words']
  return sentMs + (deadlineMs - sentMs) * part
}

function contentOf(
  skill: Answering,
  view: State,
  team: TeamState,
  { info: { expects } }: InjectState,
  learned: Learned | undefined,
  atMs: number,
): PilotSays | null {
  const given = learned?.answers[skill]
  switch (expects?.kind) {
    case 'text':
      return text(given?.kind === 'text' ? given.text : knownText(skill, view, team, atMs), expects.maxLength)
    case 'sitrep':
      return form(given?.kind === 'sitrep' ? given.fields : knownSitrep(skill, view, team, atMs))
    case 'choice': {
      const options = expects.options.map(({ id }) => id)
      return choice(given, skill, options, learned?.right ?? [])
    }
    case 'question':
      return given?.kind === 'question' ? given : null
    default:
      return null
  }
}

/** As long as is asked for: a team of which everything is down has much to tell. */
function text(words: Text, maxLength: number): AnswerContent {
  const cut = (said: string) => (said.length > maxLength ? `${said.slice(0, maxLength - 1)}…` : said)
  const fitting: Text = { ...words, en: cut(words.en), et: cut(words.et), ja: cut(words.ja) }
  return { kind: 'text', text: fitting.en, inLanguages: { text: fitting } }
}

const form = (fields: Readonly<Record<string, Text>>): AnswerContent => ({
  kind: 'form',
  fields: Object.fromEntries(Object.entries(fields).map(([field, words]) => [field, words.en])),
  inLanguages: fields,
})

/** Where nothing is right or wrong, a machine has no opinion. */
function choice(
  given: MachineAnswer | undefined,
  skill: Answering,
  options: readonly string[],
  right: readonly string[],
): AnswerContent | null {
  if (given?.kind === 'choice') return { kind: 'choice', chosen: given.chosen }
  const wrong = options.filter((id) => !right.includes(id)).slice(0, 1)
  const chosen = skill === 'clumsy' ? wrong : right
  return right.length > 0 && chosen.length > 0 ? { kind: 'choice', chosen } : null
}
