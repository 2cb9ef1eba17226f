import { useId } from 'react'
import { FILE_TYPES, MOST_FILE_BYTES } from '#exercise/scenario/file-types.ts'
import type { Expects, FileRef } from '#exercise/scenario/inject.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useLetters } from '../kit/i18n/use-letters.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { FileList, sizeText } from './file-list.tsx'
import { useUpload } from './use-file.ts'

/** The field of a draft that says which file was uploaded: so it is there after a reload, and for the whole team. */
export const FILE_FIELD = 'file'

/** What a draft says of a file; null where it says nothing that makes sense. */
export function draftFile(text: string | undefined): FileRef | null {
  try {
    const { name, type, bytes, sha256 } = JSON.parse(text ?? 'null') as Partial<FileRef>
    const whole =
      typeof name === 'string' &&
      typeof type === 'string' &&
      typeof bytes === 'number' &&
      typeof sha256 === 'string' &&
      /^[0-9a-f]{64}$/.test(sha256)
    return whole ? { name, type, bytes, sha256 } : null
  } catch {
    return null
  }
}

/** Where a team chooses and uploads the file that a message asks for. It is handed in when the answer is sent. */
export function FileField(props: {
  readonly team: string
  readonly inject: string
  readonly expects: Extract<Expects, { kind: 'file' }>
  readonly file: FileRef | null
}) {
  const say = useSay()
  const id = useId()
  const { send, refusal: notSaved } = useSender()
  const { share, name, refusal, upload, cancel } = useUpload()
  useLetters(name)
  const { team, inject, expects, file } = props
  const endings = Object.entries(FILE_TYPES).flatMap(([ending, type]) =>
    expects.types.includes(type) ? [`.${ending}`] : [],
  )
  const choose = async (chosen: File | undefined) => {
    const kept = chosen && (await upload(inject, chosen))
    if (kept)
      await send({
        type: 'save-draft',
        data: { team, inject, field: FILE_FIELD, text: JSON.stringify(kept) },
      })
  }
  const types = say.list(expects.types.map((type) => say.code(`files.type.${type}`)))
  const size = sizeText(say, Math.min(MOST_FILE_BYTES, expects.maxKiB * 1024))
  return (
    <div className="field">
      <p className="soft" id={`${id}-asked`}>
        {say('files.asked', { types, size })}
      </p>
      <label className="button file-choose">
        {say('files.choose')}
        <input
          type="file"
          className="hidden"
          accept={endings.join(',')}
          aria-describedby={`${id}-asked`}
          disabled={share !== null}
          onChange={(event) => {
            void choose(event.target.files?.[0])
            // The same file can be chosen again, e.g. when it was refused.
            event.target.value = ''
          }}
        />
      </label>
      {share !== null && (
        <p>
          <progress
            value={share}
            max={1}
            aria-label={say('files.uploading', { name, share: say.percent(share) })}
          />{' '}
          <bdi>{say('files.uploading', { name, share: say.percent(share) })}</bdi>{' '}
          <button type="button" className="button" onClick={cancel}>
            {say('files.cancel')}
          </button>
        </p>
      )}
      <RefusalText refusal={refusal ?? notSaved} />
      {file && share === null && (
        <>
          <p role="status">{say('files.ready', { name: file.name })}</p>
          <FileList files={[file]} />
        </>
      )}
    </div>
  )
}
