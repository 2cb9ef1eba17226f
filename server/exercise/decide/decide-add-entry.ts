import type { State } from '../fold/state.ts'
import type { Criterion, Expects, Inject } from '../scenario/inject.ts'
import { injectWeight } from '../scenario/inject-weight.ts'
import { MESSAGE_PREFIX } from '../scenario/message-info.ts'
import type { Attack } from '../scenario/model.ts'
import type { Trigger } from '../scenario/trigger.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import type { Category, Text } from '../scenario/words.ts'
import { entriesOf } from '../schedule/timeline.ts'
import type { CommandPayloads } from './commands.ts'
import { accept, type Decider, type Decision, fact, refuse, wrongPhase } from './decision.ts'
import {
  CRITERIA_MOST,
  CRITERION_POINTS,
  fitText,
  MOVE_MOST_MS,
  TEXT_LENGTH,
  TITLE_LENGTH,
  teamsTrouble,
} from './entry-words.ts'
import { fitCriteria } from './rubric-trouble.ts'

/** So many entries are added to one exercise at most. */
export const ADDED_MOST = 500
/** What an answer to a message from scratch may be long. */
const ANSWER_LENGTH = 5_000

type Given = CommandPayloads['add-entry']
type NewInject = Extract<Given['entry'], { readonly kind: 'inject' }>
type NewAttack = Extract<Given['entry'], { readonly kind: 'attack' }>

/** One more entry: a message that the instructor wrote or took from another, or an attack on any weakness that is planted. */
export const addEntry: Decider<'add-entry'> = (state, command, at) => {
  const { id, atMs, teams, entry } = command.data
  if (state.exerciseId === '' || state.phase === 'ended') return wrongPhase(state, command)
  const known = entriesOf(state)
  if (known.some((one) => one.id === id))
    return refuse('entry-exists', `The timeline has an entry ${id} already.`, { entry: id })
  const added = [...state.scenario.attacks, ...state.scenario.injects].filter((one) => one.added)
  if (id.startsWith(MESSAGE_PREFIX))
    return bad(id, `ids that begin with ${MESSAGE_PREFIX} are those of messages from the console`)
  if (added.length >= ADDED_MOST)
    return refuse('too-many-added', `No more than ${ADDED_MOST} entries can be added.`, { max: ADDED_MOST })
  const trouble = teams && teamsTrouble(state, teams)
  if (trouble) return trouble
  if (atMs !== null && !(atMs < state.scenario.durationMs))
    return refuse('after-the-end', `${id} would come after the end of the exercise.`, { entry: id })
  const trigger: Trigger =
    atMs === null ? { kind: 'manual' } : { kind: 'at', atMs: Math.max(at, Math.round(atMs)) }
  const made =
    entry.kind === 'inject'
      ? injectOf(state, { id, trigger, teams }, entry)
      : attackOf(state, { id, trigger, ...(teams && { teams }) }, entry)
  return 'ok' in made ? made : accept(fact('entry.added', at, { entry: made, by: command.by }))
}

const nothingToShare = (id: string) =>
  refuse(
    'nothing-to-share',
    'The scenario gives no points to what this tests: there is nothing that it could have a share of.',
    { entry: id },
  )

/** A message that is like another of the timeline but for what is given; or one from scratch. */
function injectOf(state: State, place: Pick<Inject, 'id' | 'trigger' | 'teams'>, given: NewInject) {
  const { scenario } = state
  const { like, title, text, from, withinMs, counts } = given
  const of = like === null ? null : scenario.injects.find(({ id }) => id === like)
  if (of === undefined)
    return refuse('unknown-entry', `The timeline has no inject ${like}.`, { entry: like ?? '' })
  if (!fitText(title, TITLE_LENGTH) || !fitText(from, TITLE_LENGTH) || !fitText(text, TEXT_LENGTH))
    return bad(place.id, `titles and senders have 1 to ${TITLE_LENGTH} characters, texts 1 to ${TEXT_LENGTH}`)
  if (withinMs !== null && !(withinMs > 0 && withinMs <= MOVE_MOST_MS))
    return bad(place.id, 'the time to answer is none')
  if (given.rubric && (of !== null || given.wants === 'nothing'))
    return bad(place.id, 'what is like another is graded like that one, and a notice by nothing')
  if (given.rubric && !fitCriteria(given.rubric))
    return bad(place.id, `it has 1 to ${CRITERIA_MOST} criteria, each for at most ${CRITERION_POINTS} points`)
  const base = of ?? { ...SCRATCH, ...(given.wants === 'text' && asking(given.rubric)) }
  const expects = given.wants === 'nothing' ? null : salted(base.expects, like)
  const category: Category | null = counts && expects ? (base.category ?? 'strategic') : null
  if (category && injectWeight(scenario, category) <= 0) return nothingToShare(place.id)
  const inject: Inject = {
    ...base,
    ...place,
    title,
    text,
    from,
    channel: given.channel,
    roles: given.roles,
    withinMs,
    expects,
    rubric: expects ? base.rubric : [],
    category,
    weight: category ? base.weight || 1 : 0,
    weightBefore: category ? weightSoFar(scenario.injects, category) : 0,
    number: 1 + Math.max(0, ...[...scenario.injects, ...scenario.world].map(({ number }) => number)),
    added: true,
  }
  return { kind: 'inject', inject } as const
}

/** The answers of a cloned question go on being compared as those of the first one. */
const salted = (expects: Expects | null, like: string | null): Expects | null =>
  expects?.kind === 'question' && like !== null ? { salt: like, ...expects } : expects

const weightSoFar = (injects: readonly Inject[], category: Category): number =>
  injects.reduce((sum, inject) => sum + (inject.category === category ? inject.weight : 0), 0)

const said = (en: string, et: string, ja: string): Text => ({ en, et, ja })

/** What a message has that was not made from another. */
const SCRATCH = {
  expects: null,
  rubric: [],
  attachments: [],
  category: null,
  weight: 1,
  objectives: [],
} as const

const WHOLE: readonly Criterion[] = [
  { id: 'answer', title: said('The answer as a whole', 'Vastus tervikuna', '回答全体'), points: 10 },
]

/** One that wants an answer is graded by what the instructor wrote, else as a whole. */
const asking = (rubric: NewInject['rubric']): Pick<Inject, 'expects' | 'rubric'> => ({
  expects: { kind: 'text', maxLength: ANSWER_LENGTH },
  rubric: rubric?.map((one, index) => ({ id: `criterion-${index + 1}`, ...one })) ?? WHOLE,
})

/** An attack on a weakness; what the scenario's own attack on it comes after, it comes after too: its script needs what that one takes. */
function attackOf(
  state: State,
  place: Pick<Attack, 'id' | 'trigger' | 'teams'>,
  { weakness: id, title, counts }: NewAttack,
) {
  const { scenario } = state
  const weakness = scenario.weaknesses.find((one) => one.id === id)
  if (!weakness) return refuse('unknown-weakness', `No weakness ${id} is planted.`, { weakness: id })
  if (title && !fitText(title, TITLE_LENGTH))
    return bad(place.id, `a title has 1 to ${TITLE_LENGTH} characters`)
  if (counts && attackWeight(scenario) <= 0) return nothingToShare(place.id)
  const like = scenario.attacks.find((one) => one.weakness === id)
  const attack: Attack = {
    ...place,
    // Those who watch read it: what the weakness is called would tell them more.
    title: title ?? like?.title ?? weakness.publicText,
    weakness: id,
    service: weakness.service,
    ...(like?.after !== undefined && { after: like.after }),
    weight: counts ? like?.weight || 1 : 0,
    added: true,
  }
  return { kind: 'attack', attack } as const
}

const bad = (entry: string, why: string): Decision =>
  refuse('bad-change', `${entry} can not be added: ${why}.`, { entry })
