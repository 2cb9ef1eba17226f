import type { Criterion, Expects, FileRef, Inject, WorldEvent } from '../../exercise/scenario/inject.ts'
import { ANSWERING, type MachineAnswers } from '../../exercise/scenario/machine-answer.ts'
import type { Attack, TutorNote } from '../../exercise/scenario/model.ts'
import { normalisedAnswer } from '../../exercise/scenario/question.ts'
import type { Category } from '../../exercise/scenario/words.ts'
import type { EntryFile, EntryOf } from '../schema/entry-schema.ts'
import type { InjectFile } from '../schema/inject-schema.ts'
import type { MachineAnswersFile } from '../schema/machine-answer-schema.ts'
import type { ScenarioFile } from '../schema/schema.ts'
import { SITREP_RUBRIC } from './sitrep-rubric.ts'
import { entryTrigger, jitterOf } from './triggers.ts'

/** What is known of a weakness where an attack on it is compiled. */
export type WeaknessFacts = ReadonlyMap<
  string,
  { readonly weight: number; readonly objectives: readonly string[] }
>

/** Numbers in the MSEL, in the order of the entries: as given, else the next one. */
export function entryNumbers(
  entries: readonly { readonly number?: number | undefined }[],
): readonly number[] {
  let last = 0
  return entries.map(({ number }) => {
    last = number ?? last + 1
    return last
  })
}

/** The entries of one kind, with their numbers in the whole list. */
export function entriesOfKind<K extends EntryFile['kind']>(
  { timeline: { entries } }: ScenarioFile,
  kind: K,
): readonly { readonly entry: EntryOf<K>; readonly number: number }[] {
  const numbers = entryNumbers(entries)
  return entries.flatMap((entry, index) =>
    entry.kind === kind ? [{ entry: entry as EntryOf<K>, number: numbers[index] ?? 0 }] : [],
  )
}

/** The messages of a timeline, each knowing the weights before it. `files`: attachments by their paths in the scenario folder. */
export function compileInjects(file: ScenarioFile, files: ReadonlyMap<string, FileRef>): readonly Inject[] {
  const before = new Map<Category, number>()
  return entriesOfKind(file, 'inject').map(({ entry, number }) => {
    const expects = entry.answer ? expectsOf(entry.answer) : null
    const category = expects === null ? null : (entry.category ?? USUAL_CATEGORY[expects.kind] ?? 'strategic')
    const weight = category === null ? 0 : entry.weight
    const weightBefore = category === null ? 0 : (before.get(category) ?? 0)
    if (category !== null) before.set(category, weightBefore + weight)
    const { id, title, text, from, channel, roles, objectives } = entry
    return {
      id,
      number,
      title,
      text,
      from,
      channel,
      roles,
      expects,
      rubric: rubricOf(entry, expects),
      attachments: entry.attachments.flatMap((path) => files.get(path) ?? []),
      category,
      weight,
      weightBefore,
      ...(entry.expected && { expectedAction: entry.expected }),
      ...(entry.note && { note: entry.note }),
      trigger: entryTrigger(entry, file.timeline),
      ...jitterOf(entry),
      withinMs: entry.within ?? null,
      teams: entry.teams ?? null,
      objectives,
      ...(entry.pilots && { pilots: machineAnswers(entry.pilots) }),
    }
  })
}

/** Attacks among the entries of the one list. */
export function compileAttackEntries(file: ScenarioFile, weaknesses: WeaknessFacts): readonly Attack[] {
  return entriesOfKind(file, 'attack').map(({ entry, number }) => {
    const { id, title, weakness, follows, weight, expected, note } = entry
    const objectives = attackObjectives(file, weaknesses, weakness, entry.objectives)
    return {
      id,
      number,
      title,
      weakness,
      service: weakness.split('/')[0] ?? '',
      trigger: entryTrigger(entry, file.timeline),
      ...jitterOf(entry),
      ...(follows !== undefined && { after: follows }),
      weight: weight ?? weaknesses.get(weakness)?.weight ?? 1,
      ...(entry.teams && { teams: entry.teams }),
      ...(objectives.length > 0 && { objectives }),
      ...(expected && { expectedAction: expected }),
      ...(note && { note }),
    }
  })
}

/** What happens to the range in the course of a timeline and is nobody's doing. */
export function compileWorld(file: ScenarioFile): readonly WorldEvent[] {
  return entriesOfKind(file, 'world').map(({ entry, number }) => {
    const { id, title, publicText, effect, services, objectives } = entry
    return {
      id,
      number,
      title,
      publicText,
      effect,
      services: [...new Set(services)],
      trigger: entryTrigger(entry, file.timeline),
      ...jitterOf(entry),
      forMs: entry.lasts,
      teams: entry.teams ?? null,
      objectives,
    }
  })
}

/** Tutor's notes among the entries of the one list. */
export function compileNoteEntries(file: ScenarioFile): readonly TutorNote[] {
  return entriesOfKind(file, 'note').map(({ entry, number }) => ({
    id: entry.id,
    number,
    text: entry.text,
    trigger: entryTrigger(entry, file.timeline),
    ...jitterOf(entry),
    ...(entry.teams && { teams: entry.teams }),
  }))
}

/** What an attack tests: what it says itself, and what its weakness says as far as the scenario has it. */
export function attackObjectives(
  { objectives }: ScenarioFile,
  weaknesses: WeaknessFacts,
  weakness: string,
  own: readonly string[] = [],
): readonly string[] {
  const named = new Set([...own, ...(weaknesses.get(weakness)?.objectives ?? [])])
  return objectives.flatMap(({ id }) => (named.has(id) ? [id] : []))
}

const rubricOf = ({ rubric }: InjectFile, expects: Expects | null): readonly Criterion[] =>
  rubric.length === 0 && expects?.kind === 'sitrep' ? SITREP_RUBRIC : rubric

const USUAL_CATEGORY: Readonly<Partial<Record<Expects['kind'], Category>>> = {
  sitrep: 'reporting',
  question: 'forensics',
}

function expectsOf({
  text,
  choice,
  several,
  file,
  maxKiB,
  question,
}: NonNullable<InjectFile['answer']>): Expects {
  if (question) {
    const { answers, tries, hints } = question
    return { kind: 'question', tries, hints, answers: [...new Set(answers.map(normalisedAnswer))] }
  }
  if (text !== undefined) return { kind: 'text', maxLength: text }
  if (file !== undefined) return { kind: 'file', types: file, maxKiB }
  if (choice === undefined) return { kind: 'sitrep' }
  const right = choice.flatMap((option) => (option.right ? [option.id] : []))
  return {
    kind: 'choice',
    options: choice.map(({ id, text: said }) => ({ id, text: said })),
    several: several ?? false,
    ...(right.length > 0 && { right }),
  }
}

function machineAnswers(written: MachineAnswersFile): MachineAnswers {
  const answers: { -readonly [P in keyof MachineAnswers]: MachineAnswers[P] } = {}
  for (const pilot of ANSWERING) {
    const { text, choice, sitrep, question } = written[pilot] ?? {}
    if (text) answers[pilot] = { kind: 'text', text }
    else if (choice) answers[pilot] = { kind: 'choice', chosen: choice }
    else if (sitrep) answers[pilot] = { kind: 'sitrep', fields: { ...sitrep } }
    else if (question !== undefined) answers[pilot] = { kind: 'question', text: question }
  }
  return answers
}
