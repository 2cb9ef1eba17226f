import type { Engine } from '../engine/engine.ts'
import { DIFF_TYPE } from '../engine/kept-changes.ts'
import type { KeptFile } from '../engine/ports/kept-file.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { openQueue, type Queue } from '../engine/queue.ts'
import { sha256 } from '../engine/sha256.ts'
import { isFull } from '../engine/storage-health.ts'
import type { Refusal } from '../exercise/decide/commands.ts'
import { injectOf, teamOf } from '../exercise/fold/state.ts'
import { cleanName, MOST_FILE_BYTES, sniff } from '../exercise/scenario/file-types.ts'
import type { Expects, FileRef } from '../exercise/scenario/inject.ts'
import type { SeatInfo } from '../exercise/wire/protocol.ts'
import { NO_SPACE } from './give-command.ts'
import { refusal, type SeatCommand } from './wire.ts'

/** What one team may keep in an exercise: more than any day of messages asks for, less than a disk. */
const MOST_FILES = 60
const MOST_BYTES = 64 * 1024 * 1024

/** Where a file is to go: an answer to a message that came to the seat's own team. */
export interface Upload {
  readonly inject: string
  readonly name: string
  readonly content: Uint8Array
}

/** Files of one exercise, for its seats. */
export interface Files {
  /** Why a file of so many bytes can not be taken, before anything of it is read; null when it can. `bytes`: null where nobody has said. */
  refuses(seat: SeatInfo, inject: string, bytes: number | null): Refusal | null
  /** Keeps a file that a team will answer with. Rejects only on a fault of the store. */
  keep(seat: SeatInfo, upload: Upload): Promise<{ ok: true; file: FileRef } | { ok: false; refusal: Refusal }>
  /** A file that the seat may have: white all, a team what came to it and what it uploaded. Null otherwise, be it there or not. */
  find(seat: SeatInfo, sha256: string): Promise<{ file: FileRef; content: Uint8Array } | null>
  /** Why a command that names a file is none of the team's; null when it is in order, or names none. */
  checkCommand(command: SeatCommand): Promise<Refusal | null>
}

export function openFiles(engine: Engine, store: EventLog, wall: () => number = Date.now): Files {
  const { exerciseId } = engine
  const queues = new Map<string, Queue>()
  const ofTeam = async (team: string): Promise<readonly KeptFile[]> =>
    (await store.filesOf(exerciseId)).filter(({ owner, type }) => owner === team && type !== DIFF_TYPE)

  const refuses: Files['refuses'] = (seat, inject, bytes) => {
    if (seat.seat !== 'blue' || seat.team === null) return NOT_BLUE
    const { phase } = engine.state()
    if (phase !== 'running' && phase !== 'paused') return NOT_NOW
    const sent = sentTo(engine, seat.team, inject)
    if (!sent) return refusal('unknown-inject', 'This message has not come to the team.', { inject })
    const wanted = sent.info.expects
    if (wanted?.kind !== 'file')
      return refusal('not-a-file', 'This message does not ask for a file.', { inject })
    if (sent.grades.length > 0) return GRADED
    const most = mostBytes(wanted)
    return bytes !== null && bytes > most ? tooLarge(most) : null
  }

  const keep: Files['keep'] = async (seat, { inject, name, content }) => {
    const no = (why: Refusal) => ({ ok: false, refusal: why }) as const
    const why = refuses(seat, inject, content.length)
    if (why) return no(why)
    const team = seat.team ?? ''
    const clean = cleanName(name)
    const wanted = sentTo(engine, team, inject)?.info.expects
    if (!clean || wanted?.kind !== 'file') return no(NO_NAME)
    const sniffed = sniff(clean, content)
    if (!sniffed.ok) return no(refusal(`file-${sniffed.why}`, WHY[sniffed.why]))
    const { type } = sniffed
    if (!wanted.types.includes(type))
      return no(
        refusal('file-type', `This message asks for another kind of file: ${wanted.types.join(', ')}.`, {
          types: wanted.types.join(', '),
        }),
      )
    const file: FileRef = { name: clean, type, bytes: content.length, sha256: sha256(content) }
    const known = await ofTeam(team)
    if (known.some((one) => one.sha256 === file.sha256)) return { ok: true, file }
    const bytes = known.reduce((sum, one) => sum + one.bytes, content.length)
    if (known.length >= MOST_FILES || bytes > MOST_BYTES)
      return no(
        refusal(
          'files-full',
          `A team keeps at most ${MOST_FILES} files and ${MOST_BYTES / 1024 / 1024} MiB.`,
          {
            files: MOST_FILES,
            mib: MOST_BYTES / 1024 / 1024,
          },
        ),
      )
    try {
      await store.keepFile(exerciseId, { ...file, owner: team, wall: wall() }, content)
    } catch (error) {
      if (isFull(error)) return no(NO_SPACE)
      throw error
    }
    return { ok: true, file }
  }

  return {
    refuses,
    keep(seat, upload) {
      // One after another for each team: else two at once would each find room.
      const team = seat.team ?? ''
      const queue = queues.get(team) ?? openQueue()
      queues.set(team, queue)
      return queue.run(() => keep(seat, upload))
    },
    async find(seat, sha256) {
      const team = seat.seat === 'blue' ? seat.team : null
      if (seat.seat !== 'white' && team === null) return null
      const named = namedIn(engine, team).find((file) => file.sha256 === sha256)
      const kept = (await store.filesOf(exerciseId)).find(
        (one) => one.sha256 === sha256 && (seat.seat === 'white' || one.owner === team),
      )
      const file = named ?? kept
      const content = file && (await store.readFile(exerciseId, sha256))
      if (!file || !content) return null
      const { name, type, bytes } = file
      return { file: { name, type, bytes, sha256 }, content }
    },
    async checkCommand(command) {
      if (command.type !== 'answer-inject' || command.data.content.kind !== 'file') return null
      const { sha256, type, bytes } = command.data.content.file
      const kept = (await ofTeam(command.data.team)).find((one) => one.sha256 === sha256)
      return kept && kept.type === type && kept.bytes === bytes ? null : NOT_UPLOADED
    },
  }
}

const sentTo = (engine: Engine, id: string, inject: string) => {
  const team = teamOf(engine.state(), id)
  return team && injectOf(team, inject)
}

/** Files that messages to a team (null: to all teams) brought, and that answered them; once it is over the reference fixes. */
function namedIn(engine: Engine, team: string | null): readonly FileRef[] {
  const { teams, fixes } = engine.state()
  const ofMessages = teams
    .filter(({ id }) => team === null || id === team)
    .flatMap(({ injects }) =>
      injects.flatMap(({ info, answers }) => [
        ...info.attachments,
        ...answers.flatMap(({ content }) => (content?.kind === 'file' ? [content.file] : [])),
      ]),
    )
  return [...ofMessages, ...fixes.map(({ file }) => file)]
}

const mostBytes = ({ maxKiB }: Extract<Expects, { kind: 'file' }>): number =>
  Math.min(MOST_FILE_BYTES, maxKiB * 1024)

const tooLarge = (most: number) =>
  refusal('file-too-large', `This message takes a file of at most ${Math.floor(most / 1024)} KiB.`, {
    max: Math.floor(most / 1024),
  })

const WHY = {
  'unknown-ending': 'A file’s name ends with png, jpg, jpeg, pdf, txt, md, csv, ics or pcap.',
  empty: 'The file is empty.',
  'other-content': 'The content of the file is not what the end of its name says.',
} as const

const NOT_BLUE = refusal('not-allowed', 'Only a seat of a team uploads files, for its own team.')
const NOT_NOW = refusal('wrong-phase', 'Files are taken while the exercise runs, and in a pause.')
const GRADED = refusal('answer-graded', 'The answer has been graded and can no longer be changed.')
const NO_NAME = refusal('file-name', 'The file has no name that can be kept.')
const NOT_UPLOADED = refusal(
  'not-uploaded',
  'This file was not uploaded by the team. Upload it first: PUT /api/exercises/ID/files.',
)
