import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { SourceFile, SourceTree } from '#exercise/wire/sources.ts'
import { useRoute } from '../app/route.ts'
import { usePerson } from '../feed/person.ts'
import { exerciseFor, tokenFor } from '../feed/seat-tokens.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { sourcesApi, type Theirs } from './sources-api.ts'

/** The file that is open, as the server has it, and as it stands here. */
export interface OpenFile extends SourceFile {
  readonly path: string
  /** Where the editor begins; it holds what is typed from then on. `turn` counts beginnings. */
  readonly begin: string
  readonly turn: number
  readonly line?: number
}

/** What was done last, for a line of words. */
export type Done = { readonly what: 'saved' | 'isDeleted' | 'draft'; readonly file: string }

/** Somebody else was faster: what they left; null: they deleted it. */
export interface Conflict {
  readonly theirs: Theirs | null
}

/** More tabs than that are no help. */
const MOST_OPEN = 8

/** A team's sources of one service, as somebody reads and changes them here. */
export function useSources(team: string, service: string) {
  const route = useRoute()
  const name = usePerson(exerciseFor(route))?.name ?? null
  const token = tokenFor(route)
  const api = useMemo(() => sourcesApi({ token, name, team, service }), [token, name, team, service])
  const drafts: Drafts = useMemo(() => openDrafts(team, service), [team, service])
  const [tree, setTree] = useState<SourceTree | null>(null)
  const [file, setFile] = useState<OpenFile | null>(null)
  const [text, setText] = useState('')
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const [busy, setBusy] = useState(false)
  /** Files that were opened here, in the order in which they were. */
  const [opened, setOpened] = useState<readonly string[]>([])
  const turns = useRef(0)
  /** What stands there now: somebody may type on while it is saved. */
  const latest = useRef('')
  /** The latest file that was asked for: an answer that comes late opens none. */
  const wanted = useRef<string | null>(null)

  const readTree = useCallback(async () => {
    const reply = await api.tree()
    setRefusal(reply.ok ? null : reply.refusal)
    if (reply.ok) setTree(reply)
  }, [api])
  useEffect(() => void readTree(), [readTree])

  const begin = useCallback(
    (path: string, of: SourceFile, words: string, line?: number) => {
      turns.current += 1
      setFile({ ...of, path, begin: words, turn: turns.current, ...(line !== undefined && { line }) })
      setText(words)
      latest.current = words
      drafts.opened(path)
      setOpened((before) => (before.includes(path) ? before : [...before, path].slice(-MOST_OPEN)))
    },
    [drafts],
  )

  const open = useCallback(
    async (path: string, line?: number) => {
      wanted.current = path
      const draft = drafts.of(path)
      const reply = await api.file(path)
      if (wanted.current !== path) return
      // One that was begun here and never saved is nowhere else.
      const isNew = !reply.ok && reply.refusal.code === 'not-found' && draft?.over === null
      if (!reply.ok && !isNew) {
        // Gone meanwhile, and no more than what is in the tree.
        if (reply.refusal.code === 'not-found') setFile(null)
        else setRefusal(reply.refusal)
        return void readTree()
      }
      const of: SourceFile = reply.ok ? reply : { text: null, hash: null, start: null }
      setRefusal(null)
      setDone(draft ? { what: 'draft', file: path } : null)
      const stale = draft !== null && draft.over !== of.hash
      setConflict(
        stale
          ? { theirs: of.text === null || of.hash === null ? null : { text: of.text, hash: of.hash } }
          : null,
      )
      begin(path, of, draft?.text ?? of.text ?? of.start ?? '', line)
    },
    [api, drafts, begin, readTree],
  )

  /** What stands there: a text that was saved, or for one that was deleted what it was. */
  const base = file ? (file.text ?? '') : ''
  const dirty = file !== null && (text !== base || (file.text === null && file.hash === null))

  const typed = useCallback(
    (words: string) => {
      setText(words)
      latest.current = words
      if (!file) return
      if (words === file.text) drafts.forget(file.path)
      else drafts.write(file.path, { text: words, over: file.hash })
    },
    [file, drafts],
  )

  /** True when it is saved. `over`: hash of what it takes the place of. */
  const put = async (words: string | null, over: string | null): Promise<boolean> => {
    if (!file || busy) return false
    setBusy(true)
    const reply = await api.save(file.path, words, over)
    setBusy(false)
    setRefusal(reply.ok || reply.theirs !== undefined ? null : reply.refusal)
    if (!reply.ok) {
      if (reply.theirs !== undefined) setConflict({ theirs: reply.theirs })
      return false
    }
    setConflict(null)
    if (words === null || latest.current === words) drafts.forget(file.path)
    else drafts.write(file.path, { text: latest.current, over: reply.hash })
    setDone({ what: words === null ? 'isDeleted' : 'saved', file: file.path })
    const { path, start, line: _, ...rest } = file
    if (words !== null) setFile({ ...rest, path, start, text: words, hash: reply.hash })
    else if (start === null) setFile(null)
    else begin(path, { text: null, hash: null, start }, start)
    void readTree()
    return true
  }

  return {
    api,
    tree,
    file,
    text,
    dirty,
    conflict,
    refusal,
    done,
    busy,
    /** Files that are not saved, the open one too. */
    unsaved: drafts.paths(),
    lastOpen: drafts.lastOpen,
    opened,
    readTree,
    open,
    typed,
    save: () => (dirty && file ? put(text, file.hash) : Promise.resolve(!conflict)),
    remove: () => put(null, file?.hash ?? null),
    /** What was saved runs now. */
    running: () => setDone(null),
    /** What is typed here is given up for what the server has. */
    discard: () => {
      if (!file) return
      drafts.forget(file.path)
      void open(file.path)
    },
    overwrite: () => put(text, conflict?.theirs?.hash ?? null),
    create: (path: string) => {
      wanted.current = path
      drafts.write(path, { text: '', over: null })
      setConflict(null)
      setDone(null)
      begin(path, { text: null, hash: null, start: null }, '')
    },
  }
}
export type SourcesHere = ReturnType<typeof useSources>
