import type { Refusal } from '../exercise/decide/commands.ts'
import { verifyInMs } from '../exercise/decide/decide-source.ts'
import { standing } from '../exercise/decide/decision.ts'
import { mayEdit } from '../exercise/decide/typing.ts'
import { serviceOf, teamOf } from '../exercise/fold/state.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import type { RefusalCode } from '../exercise/ledger/codes.ts'
import type { SeatKind } from '../exercise/scenario/model.ts'
import { isSourcePath, SOURCE_BYTES } from '../exercise/scenario/source-path.ts'
import type { LooksSince, SourceFile, SourceTexts, SourceTree } from '../exercise/wire/sources.ts'
import type { Engine } from './engine.ts'
import type { Range } from './ports/ports.ts'
import { openQueue, type Queue } from './queue.ts'
import { sha256 } from './sha256.ts'
import { shared } from './shared-read.ts'
import { fileOf, textsOf, treeOf } from './source-tree.ts'

/** Who edits: a seat of this kind, and the person. */
export interface Editor {
  readonly seat: SeatKind
  readonly by: Actor
}

export interface Place {
  readonly team: string
  readonly service: string
}

export type Saved =
  | { readonly ok: true; readonly hash: string | null }
  /** `theirs`: what is there now, where it is that which was in the way. */
  | {
      readonly ok: false
      readonly refusal: Refusal
      readonly theirs?: { readonly text: string; readonly hash: string } | null
    }

export type Restarted =
  | { readonly ok: true; readonly running: boolean; readonly said: string; readonly cursor: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** Sources of teams' services in their containers, for people who read and change them from a page. */
export interface Sources {
  tree(place: Place): Promise<SourceTree | null>
  /** Null: the sources can not be had, or there is no such file, now or at the start. */
  file(place: Place, path: string): Promise<SourceFile | null>
  /** Null: the sources can not be had. */
  texts(place: Place): Promise<SourceTexts | null>
  /** `text` null deletes; `expected`: hash of the text that it takes the place of, null for none. */
  save(
    place: Place,
    of: { readonly path: string; readonly text: string | null; readonly expected: string | null },
    editor: Editor,
  ): Promise<Saved>
  /** Restarts the service's own process, and has it looked at out of turn. [SC27] */
  restart(place: Place, editor: Editor): Promise<Restarted>
  /** Which of the looks that a restart asked for have been since. */
  looks(place: Place): LooksSince
}

/** Of one service wait at most, besides the one that is done. */
const WAITING = 3

/** Each change is a fact by whoever made it, told once it is done; changes of one service come one after the other. */
export function openSources(engine: Engine, range: Range, looks: (place: Place) => LooksSince): Sources {
  const queues = new Map<string, { readonly queue: Queue; asked: number }>()
  const inTurn = async <T>(
    { team, service }: Place,
    task: () => Promise<T>,
  ): Promise<T | { readonly ok: false; readonly refusal: Refusal }> => {
    const key = `${team}/${service}`
    const line = queues.get(key) ?? { queue: openQueue(), asked: 0 }
    queues.set(key, line)
    if (line.asked > WAITING) return { ok: false, refusal: BUSY }
    line.asked += 1
    return line.queue.run(task).finally(() => {
      line.asked -= 1
    })
  }
  const read = shared(({ team, service }: Place) => range.sources(team, service))
  const refused = (place: Place, { seat }: Editor): Refusal | null => {
    const state = engine.state()
    const known = serviceOf(teamOf(state, place.team), place.service)
    if (!known)
      return no('unknown-service', `There is no service ${place.service} of such a team.`, { ...place })
    if (!standing(state))
      return no('wrong-phase', `Sources can not be changed while the exercise is ${state.phase}.`, {
        phase: state.phase,
        command: 'save-source',
      })
    if (known.hit > 0)
      return no('service-interrupted', 'Something is done to this service: wait until that is over.', {
        service: place.service,
      })
    return mayEdit(state, seat)
      ? null
      : no('not-while-still', 'Time stands still: sources can be read, and changed when it goes on.')
  }

  return {
    async tree(place) {
      const sources = await read(place)
      return sources && treeOf(sources)
    },
    async file(place, path) {
      const sources = isSourcePath(path) ? await read(place) : null
      return sources && fileOf(sources, path)
    },
    async texts(place) {
      const sources = await read(place)
      return sources && textsOf(sources)
    },
    save: (place, { path, text, expected }, editor) =>
      inTurn(place, async (): Promise<Saved> => {
        const why = refused(place, editor)
        if (why) return { ok: false, refusal: why }
        if (!isSourcePath(path))
          return { ok: false, refusal: no('bad-source-path', 'No file may have this path.', { file: path }) }
        if (text !== null && Buffer.byteLength(text) > SOURCE_BYTES)
          return {
            ok: false,
            refusal: no('source-too-large', 'This text is too long.', { max: SOURCE_BYTES }),
          }
        const { team, service } = place
        const hash = text === null ? null : sha256(text)
        const written = await range.writeSource(team, service, { path, text, expected })
        if (!written.ok && written.why === 'changed') return changed(written.text)
        if (!written.ok) return { ok: false, refusal: written.why === 'no-text' ? NOT_TEXT : UNREADABLE }
        // What stands there already was changed by nobody, and is told to nobody.
        if (hash === expected) return { ok: true, hash }
        const data = { team, service, file: path, gone: text === null }
        const told = await engine.submit({ type: 'save-source', data }, editor.by)
        if (!told.ok) return told
        return { ok: true, hash }
      }),
    restart: (place, editor) =>
      inTurn(place, async (): Promise<Restarted> => {
        const why = refused(place, editor)
        if (why) return { ok: false, refusal: why }
        const { team, service } = place
        const waitMs = verifyInMs(engine.state(), team, service, engine.atMs())
        if (waitMs > 0) {
          const seconds = Math.ceil(waitMs / 1_000)
          return {
            ok: false,
            refusal: no('too-soon', `It was restarted and looked at just now. Wait ${seconds} s.`, {
              seconds,
            }),
          }
        }
        const done = await range.restartApp(team, service)
        if (!done) return { ok: false, refusal: NO_RESTART }
        const told = await engine.submit({ type: 'restart-app', data: { ...place, ok: done.ok } }, editor.by)
        return told.ok ? { ok: true, running: done.ok, said: done.said, cursor: told.cursor } : told
      }),
    looks,
  }
}

const changed = (text: string | null): Saved => ({
  ok: false,
  refusal: CHANGED,
  theirs: text === null ? null : { text, hash: sha256(text) },
})

const no = (
  code: RefusalCode,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
): Refusal => ({ code, message, params })

const CHANGED = no('source-changed', 'Somebody has changed this file meanwhile. Nothing was saved.')
const NOT_TEXT = no('source-not-text', 'What is in this place is no text file that may be written.')
const BUSY = no('source-busy', 'Others are changing this service just now. Try again in a moment.')
const UNREADABLE = no('source-unreadable', 'The sources can not be read or written now.')
const NO_RESTART = no('restart-failed', 'Nothing can be run in the container of this service now.')
