import type { AnswerContent } from '../ledger/answer.ts'
import type { ReportFields } from '../scenario/report.ts'
import type { UnseenWhy } from '../scenario/strain.ts'
import type { Moment } from './moment.ts'

/** What a sparring pilot says to a message: an answer, or a try at a question. */
export type PilotSays = AnswerContent | { readonly kind: 'question'; readonly text: string }

/** Everything that acts on a range or on people, as data. One file of engine/runner carries out each kind. */
export type Task =
  | {
      readonly kind: 'light-check'
      readonly team: string
      readonly service: string
      readonly journey: string
    }
  | { readonly kind: 'journey'; readonly team: string; readonly service: string; readonly journey: string }
  | {
      readonly kind: 'foothold'
      readonly team: string
      readonly attack: string
      /** When the look before this one began, which found it still there. Exercise time, ms. */
      readonly openMs: number
    }
  | {
      readonly kind: 'visit'
      readonly team: string
      readonly persona: string
      readonly service: string
      readonly journey: string
    }
  | { readonly kind: 'attack'; readonly team: string; readonly attack: string }
  | { readonly kind: 'note'; readonly team: string; readonly note: string }
  | { readonly kind: 'inject'; readonly team: string; readonly inject: string }
  /** A world event begins for a team; what it does to the range is put there (again, where something has undone it); it is undone. */
  | {
      readonly kind: 'world-begin' | 'world-hold' | 'world-end'
      readonly team: string
      readonly entry: string
    }
  /** White wants something done to a service; number among the acts on the team. */
  | { readonly kind: 'service-act'; readonly team: string; readonly act: number }
  /** The enclave of a team is set up anew on another machine. */
  | { readonly kind: 'move'; readonly team: string }
  | { readonly kind: 'pass-time' }
  | {
      readonly kind: 'unseen'
      readonly team: string
      readonly service: string
      readonly journey: string
      readonly forMs: number
      readonly why: UnseenWhy
    }
  | {
      readonly kind: 'pilot'
      readonly team: string
      readonly weakness: string
      readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
    }
  | { readonly kind: 'pilot-answer'; readonly team: string; readonly ticket: string }
  | {
      readonly kind: 'pilot-message'
      readonly team: string
      readonly inject: string
      readonly content: PilotSays
    }
  | {
      readonly kind: 'pilot-report'
      readonly team: string
      readonly report: string
      readonly fields: ReportFields
    }

export type TaskKind = Task['kind']
export type TaskOf<K extends TaskKind> = Extract<Task, { readonly kind: K }>

/** What kinds of work share a machine by. `deadline`: has a moment of its own and waits for nobody. */
export type Lane = 'deadline' | 'light' | 'full' | 'visit'

/** A task whose time has come. */
export interface Wanted {
  readonly task: Task
  /** Of its record: the same for every run of the same work. */
  readonly key: string
  /** Of this one run: two with the same never run at once. */
  readonly id: string
  /** Whose it is; null for what belongs to the exercise. */
  readonly team: string | null
  readonly lane: Lane
  /** Since when it waits, and how often it is wanted. Exercise time, ms. */
  readonly dueMs: number
  readonly everyMs: number
  /** It is the first of its kind, of which nothing is known yet. */
  readonly first: boolean
  /** What two runs may not touch at the same time, whatever their lanes; null when it shares everything. */
  readonly touches: string | null
}

/** A task whose moment has come: it waits for nobody. `touches` as above. */
export const dueNow = (
  task: Task,
  of: Pick<Wanted, 'key' | 'team'> & { readonly touches?: string },
  atMs: number,
): Wanted => ({
  task,
  key: of.key,
  id: of.key,
  team: of.team,
  lane: 'deadline',
  dueMs: atMs,
  everyMs: 1,
  first: false,
  touches: of.touches ?? null,
})

/** What is remembered of the runs of one key. */
export interface TaskRecord {
  /** How many began: seeds the jitter. */
  readonly runs: number
  /** Of the latest run: when it began, exercise time in ms, and the ledger's last position then. */
  readonly startedMs: number
  readonly startedBy: number
  /** How many times their interval looks were apart when it began. */
  readonly stretch: number
  /** When the latest run began that told something, in both times; null before there was one. */
  readonly seen: Moment | null
  /** When it ended, in both times; null while it goes on. */
  readonly ended: Moment | null
  /** Runs in a row, up to the latest, that did not find things well; and that failed for reasons of our own. */
  readonly bad: number
  readonly faults: number
}

export interface Records {
  readonly tasks: ReadonlyMap<string, TaskRecord>
  /** By lane and team: the number of the start with which it was served last, see `admit`. */
  readonly served: ReadonlyMap<string, number>
  /** By team and service (`turnedKey`): when the range last had a reason to look there. Exercise time, ms. */
  readonly turned: ReadonlyMap<string, number>
}

export const turnedKey = (team: string, service: string): string => `${team}/${service}`

export const servedKey = (lane: Lane, team: string | null): string => `${lane}/${team ?? ''}`
