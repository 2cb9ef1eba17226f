import type { Actor } from './actor.ts'

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
}
