import { useRef, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { FileRef } from '#exercise/scenario/inject.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'

/** Gets files of messages and answers with the seat's token. Null when it can not be had. */
export function useFetchFile(): (sha256: string) => Promise<Blob | null> {
  const token = tokenFor(useRoute())
  return async (sha256) => {
    try {
      const reply = await fetch(apiPath(`files/${sha256}`), {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      })
      return reply.ok ? await reply.blob() : null
    } catch {
      return null
    }
  }
}

export interface Uploading {
  /** 0..1 of what is under way; null when nothing is. */
  readonly share: number | null
  readonly name: string
  readonly refusal: Refusal | null
  /** Resolves to what the server kept, or to null when it refused or somebody cancelled. */
  readonly upload: (inject: string, file: File) => Promise<FileRef | null>
  readonly cancel: () => void
}

const NO_ANSWER: Refusal = { code: 'no-answer', message: 'The server did not answer.', params: {} }

/** Uploads one file at a time, and tells how far it is: `fetch` can not. */
export function useUpload(): Uploading {
  const token = tokenFor(useRoute())
  const [share, setShare] = useState<number | null>(null)
  const [name, setName] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const running = useRef<XMLHttpRequest | null>(null)
  const upload: Uploading['upload'] = (inject, file) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest()
      running.current = request
      const done = (kept: FileRef | null, why: Refusal | null) => {
        running.current = null
        setShare(null)
        setRefusal(why)
        resolve(kept)
      }
      setName(file.name)
      setShare(0)
      setRefusal(null)
      request.upload.onprogress = ({ loaded, total }) => setShare(total > 0 ? loaded / total : 0)
      request.onabort = () => done(null, null)
      request.onerror = () => done(null, NO_ANSWER)
      request.onload = () => {
        try {
          const reply = JSON.parse(request.responseText) as
            | { ok: true; file: FileRef }
            | { ok: false; refusal: Refusal }
          if (reply.ok) done(reply.file, null)
          else done(null, reply.refusal)
        } catch {
          done(null, NO_ANSWER)
        }
      }
      request.open('PUT', apiPath(`files?${new URLSearchParams({ inject, name: file.name })}`))
      if (token) request.setRequestHeader('authorization', `Bearer ${token}`)
      request.setRequestHeader('content-type', 'application/octet-stream')
      request.send(file)
    })
  return { share, name, refusal, upload, cancel: () => running.current?.abort() }
}

/** A picture's content as an address that a page may show without asking anybody. */
export function dataAddress(blob: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null)
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(blob)
  })
}
