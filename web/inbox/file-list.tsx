import { Download, Image } from 'lucide-react'
import { useState } from 'react'
import { isImage } from '#exercise/scenario/file-types.ts'
import type { FileRef } from '#exercise/scenario/inject.ts'
import { useLetters } from '../kit/i18n/use-letters.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { saveBlob } from '../kit/save-blob.ts'
import { dataAddress, useFetchFile } from './use-file.ts'
import './files.css'

/** Files of a message or an answer, each with its name, kind and size, to be saved. Pictures can be looked at. */
export function FileList({ files }: { readonly files: readonly FileRef[] }) {
  const say = useSay()
  if (files.length === 0) return null
  return (
    <section className="files" aria-label={say('files.title', { count: files.length })}>
      <ul>
        {files.map((file) => (
          <li key={file.sha256}>
            <OneFile file={file} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `340 KiB`, in the reader's words. */
export function sizeText(say: Say, bytes: number): string {
  if (bytes < 1024) return say('files.size.bytes', { n: bytes })
  if (bytes < 1024 * 1024) return say('files.size.kib', { n: Math.round(bytes / 1024) })
  return say('files.size.mib', { n: bytes / 1024 / 1024 })
}

function OneFile({ file }: { readonly file: FileRef }) {
  const say = useSay()
  const fetchFile = useFetchFile()
  const [picture, setPicture] = useState<string | null>(null)
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const { name, type, bytes, sha256 } = file
  useLetters(name)
  const get = async (then: (blob: Blob) => unknown) => {
    setState('loading')
    const blob = await fetchFile(sha256)
    if (blob) await then(blob)
    setState(blob ? 'idle' : 'failed')
  }
  return (
    <>
      <p className="file">
        <bdi className="file-name">{name}</bdi>{' '}
        <span className="soft num">
          {say.code(`files.type.${type}`)} · {sizeText(say, bytes)}
        </span>{' '}
        <button
          type="button"
          className="button"
          aria-label={say('files.save', { name })}
          title={say('files.save', { name })}
          disabled={state === 'loading'}
          onClick={() => void get((blob) => saveBlob(blob, name))}
        >
          <Download aria-hidden="true" size="1.1em" />
        </button>
        {isImage(type) && (
          <button
            type="button"
            className="button"
            aria-label={say(picture ? 'files.hide' : 'files.show', { name })}
            title={say(picture ? 'files.hide' : 'files.show', { name })}
            aria-expanded={picture !== null}
            disabled={state === 'loading'}
            onClick={() =>
              picture
                ? setPicture(null)
                : void get(async (blob) => setPicture(await dataAddress(new Blob([blob], { type }))))
            }
          >
            <Image aria-hidden="true" size="1.1em" />
          </button>
        )}
      </p>
      {state === 'failed' && <p role="alert">{say('files.failed')}</p>}
      {picture && <img className="file-picture" src={picture} alt={name} />}
    </>
  )
}
