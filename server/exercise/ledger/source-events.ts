import type { FileRef } from '../scenario/inject.ts'
import type { Text } from '../scenario/words.ts'
import type { Actor } from './actor.ts'

/** What was changed in a service's sources, and how much: files, lines. */
export interface ChangesRef {
  readonly service: string
  readonly file: FileRef
  readonly files: number
  readonly added: number
  readonly removed: number
}

/** How a weakness is mended in the reference. `title`: of the weakness. */
export interface FixRef {
  readonly service: string
  readonly title: Text
  readonly file: FileRef
}

/** Facts of a service's sources, as they are changed in the editor. What is changed from a terminal nobody records. The texts stay in the container. */
export interface SourcePayloads {
  /** A file was written, or (`gone`) deleted. `file`: its path below the sources. */
  readonly 'source.saved': {
    readonly team: string
    readonly service: string
    readonly file: string
    readonly gone: boolean
    readonly by: Actor | null
  }
  /** The service's own process was restarted on the sources as they are, well or not, and is to be looked at now. [SC27] */
  readonly 'app.restarted': {
    readonly team: string
    readonly service: string
    readonly ok: boolean
    readonly by: Actor | null
  }
  /** What a team had changed in a service's sources by then, beside those that it began with, was kept as a unified diff: after a restart, after an attacker was driven out, and at the end. */
  readonly 'changes.kept': { readonly team: string } & ChangesRef
  /** At the end: how each weakness that was planted is mended in the reference, as a unified diff. For those who played. */
  readonly 'fixes.kept': { readonly fixes: readonly FixRef[] }
}
