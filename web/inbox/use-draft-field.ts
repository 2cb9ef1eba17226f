import { useEffect, useReducer, useRef, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { DraftField } from '#exercise/fold/inject-state.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import { keyInExercise } from '../app/route.ts'
import { useFeed, useFeedState } from '../feed/use-feed.tsx'
import { forgetUnsaved, keepUnsaved, type Unsaved, unsavedOf } from './unsaved.ts'

/** Typing is saved when it rests for so long, and at the latest so long after it began. ms */
const REST_MS = 700
const LATEST_MS = 2_000
/** Until what could not be saved for the moment is tried again. ms */
const AGAIN_MS = 2_000
/** Whoever wrote somewhere is taken to write there for so long. ms */
const WRITES_MS = 4_000
/** Whoever has just typed here goes on: so long nobody else's words take the place of theirs under their fingers. ms */
const TYPES_MS = 2_000
/** What the server took comes back within this time. ms */
const BACK_MS = 3_000
const PASSING: readonly string[] = ['no-answer', 'too-fast', 'no-space']

/** A field of an answer, or of a report whose number stands for `inject`. */
export interface FieldOf {
  readonly team: string
  readonly inject: string
  readonly field: string
}

const saveDraft = (of: FieldOf, text: string): WireCommand => ({ type: 'save-draft', data: { ...of, text } })

export interface DraftText {
  readonly text: string
  readonly write: (text: string) => void
  /** What is on the page is not kept on the server yet. */
  readonly saving: boolean
  /** Why it is not, where waiting helps nothing. */
  readonly refusal: Refusal | null
  /** Who else writes here now. */
  readonly writer: Actor | null
  /** Somebody else has written here while this page had something of its own; null when nobody has. */
  readonly elsewhere: DraftField | null
  /** Gives up what is written here for what the other wrote, or leaves it as it is. */
  readonly takeTheirs: () => void
  readonly keepOurs: () => void
  /** Nothing of what is written here is to be saved any more, as what it is part of is thrown away; false: it is, after all. */
  readonly abandon: (yes: boolean) => void
}

/**
 * One field of an answer in the making: what is typed is kept on the server for the whole team, and what others write appears here, unless this page has something of its own: then
 * both are there, and nothing is lost whichever is saved last. What is not saved yet outlives a reload and a break of the connection.
 */
export function useDraftField(
  of: FieldOf,
  saved: DraftField | undefined,
  saving: (of: FieldOf, text: string) => WireCommand = saveDraft,
): DraftText {
  const { wire } = useFeed()
  const live = useFeedState((feed) => feed.connection === 'live')
  const key = keyInExercise(`kilp.draft.${of.team}.${of.inject}.${of.field}`)
  const [begin] = useState(() => beginning(unsavedOf(key), saved))
  const [text, setText] = useState(begin.text)
  const [elsewhere, setElsewhere] = useState(begin.elsewhere)
  const [writer, setWriter] = useState<Actor | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** Counts reasons to look again whether there is something to save. */
  const [turn, again] = useReducer((n: number) => n + 1, 0)
  /** What this page and the server last agreed on, and what was sent since and has not come back. */
  const agreed = useRef({ text: saved?.text ?? '', version: saved?.version ?? 0 })
  const sent = useRef<readonly string[]>([])
  const busy = useRef(false)
  const gone = useRef(false)
  const abandoned = useRef(false)
  const dirtySince = useRef<number | null>(null)
  const typedAt = useRef(Number.NEGATIVE_INFINITY)
  const written = useRef(text)
  written.current = text
  /** What the server will have when all that was sent has come there. */
  const expected = () => sent.current.at(-1) ?? agreed.current.text

  const take = useRef((_: DraftField) => {})
  take.current = (saved) => {
    const untouched = written.current === expected()
    const ours = sent.current.indexOf(saved.text)
    // What another wrote over ours has it among the earlier texts.
    const earlier = new Set(saved.earlier.map((one) => one.text))
    const under = sent.current.findLastIndex((one) => earlier.has(one))
    agreed.current = { text: saved.text, version: saved.version }
    sent.current = sent.current.slice(Math.max(ours, under) + 1)
    if (ours < 0) {
      setWriter(saved.by)
      if (saved.text === written.current) setElsewhere(null)
      else if (untouched && sent.current.length === 0) setText(saved.text)
      else setElsewhere(saved)
    }
    again()
  }

  useEffect(() => {
    if (!saved || saved.version <= agreed.current.version) return
    const inMs = typedAt.current + TYPES_MS - performance.now()
    if (inMs <= 0 || sent.current.includes(saved.text)) return take.current(saved)
    setWriter(saved.by)
    const timer = setTimeout(() => take.current(saved), inMs)
    return () => clearTimeout(timer)
  }, [saved])

  useEffect(() => {
    if (writer === null) return
    const timer = setTimeout(() => setWriter(null), WRITES_MS)
    return () => clearTimeout(timer)
  }, [writer])

  const save = useRef(async () => {})
  save.current = async () => {
    const words = written.current
    if (busy.current || abandoned.current || words === expected()) return
    busy.current = true
    dirtySince.current = null
    sent.current = [...sent.current, words]
    keepUnsaved(key, { text: words, version: agreed.current.version, sent: sent.current })
    const reply = await wire.command(saving(of, words))
    busy.current = false
    if (gone.current) {
      if (reply.ok) forgetUnsaved(key, words)
      if (written.current !== words) void save.current()
      return
    }
    const passing = !reply.ok && PASSING.includes(reply.refusal.code)
    setRefusal(reply.ok || passing ? null : reply.refusal)
    // What did not come there, or comes not back, is tried again; twice the same changes nothing.
    const forget = () => {
      sent.current = sent.current.filter((one) => one !== words)
      again()
    }
    if (reply.ok) setTimeout(forget, BACK_MS)
    else if (passing) setTimeout(forget, AGAIN_MS)
    again()
  }

  useEffect(() => {
    if (abandoned.current) return
    const { version } = agreed.current
    keepUnsaved(key, text === agreed.current.text ? null : { text, version, sent: sent.current })
    if (text === expected()) dirtySince.current = null
    if (text === expected() || busy.current || !live) return
    const now = performance.now()
    dirtySince.current ??= now
    const inMs = Math.max(0, Math.min(REST_MS, dirtySince.current + LATEST_MS - now))
    const timer = setTimeout(() => void save.current(), inMs)
    return () => clearTimeout(timer)
  }, [text, live, turn, key])

  // Whoever leaves the message has written what they wrote.
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      // What the server took already is not to come back over what others write meanwhile.
      if (!busy.current && written.current === expected()) forgetUnsaved(key, written.current)
      void save.current()
    }
  }, [])

  return {
    text,
    write: (words) => {
      typedAt.current = performance.now()
      setText(words)
    },
    saving: text !== agreed.current.text,
    refusal,
    writer,
    elsewhere,
    takeTheirs: () => {
      if (elsewhere) setText(elsewhere.text)
      setElsewhere(null)
    },
    keepOurs: () => setElsewhere(null),
    abandon: (yes) => {
      abandoned.current = yes
      if (yes) keepUnsaved(key, null)
      again()
    },
  }
}

/** What a field begins with: what this tab had not saved before it was loaded again, else what the server has. */
function beginning(unsaved: Unsaved | null, saved: DraftField | undefined) {
  const there = [saved, ...(saved?.earlier ?? [])].some((one) => one?.text === unsaved?.text)
  if (!unsaved || there) return { text: saved?.text ?? '', elsewhere: null }
  const others = saved && saved.version > unsaved.version && !unsaved.sent.includes(saved.text)
  return { text: unsaved.text, elsewhere: others ? saved : null }
}
