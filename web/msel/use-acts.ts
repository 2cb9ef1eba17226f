import { useRef, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { entryKey } from '#exercise/fold/changes.ts'
import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import { useFeed } from '../feed/use-feed.tsx'
import { type Act, commandOf, type Step, stepsBack, type Target, undoOf } from './acts.ts'

/** So long a page waits for what it did to come back over its feed before it goes on. ms */
const PATIENCE_MS = 3_000
const UNDO_KEPT = 50

interface Done {
  readonly name: string
  readonly back: readonly Step[]
}

export interface Acts {
  readonly busy: boolean
  readonly refusal: Refusal | null
  /** Does it to every target in turn; resolves to how many took it. */
  readonly act: (act: Act, targets: readonly Target[]) => Promise<number>
  /** Sends one command; resolves to true when it was taken. `back`: what undoes it. */
  readonly give: (command: WireCommand, back?: Done) => Promise<boolean>
  /** Moves every target in turn by so much; resolves to how many took it. */
  readonly move: (targets: readonly Target[], byMs: number) => Promise<number>
  /** Undoes what this page did last: its name, null when there is nothing, `fired` when that can not be undone, `refused` when it was not taken. */
  readonly undo: () => Promise<{ readonly name: string } | 'fired' | 'refused' | null>
}

/** Commands over the timeline, one after the other, and what this page can undo. The screen changes only when the ledger does. */
export function useActs(): Acts {
  const { wire, store } = useFeed()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const done = useRef<Done[]>([])
  const seenOf = (target: Target) => store.getState().folded.state.entries[entryKey(target)]?.count ?? 0

  /** Waits until the feed shows what a command made, so that the next one is given by somebody who has seen it. */
  const shown = async (cursor: number) => {
    const end = performance.now() + PATIENCE_MS
    while (store.getState().folded.cursor < cursor && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const one = async (command: WireCommand): Promise<boolean> => {
    const reply = await wire.command(command)
    if (reply.ok) await shown(reply.cursor)
    else setRefusal(reply.refusal)
    return reply.ok
  }
  const whileBusy = async <T>(work: () => Promise<T>): Promise<T> => {
    setBusy(true)
    setRefusal(null)
    try {
      return await work()
    } finally {
      setBusy(false)
    }
  }
  const remember = (what: Done) => {
    done.current = [...done.current, what].slice(-UNDO_KEPT)
  }
  const changed = (target: Target, change: EntryChange) =>
    one({ type: 'change-entry', data: { ...refOf(target), change, seen: seenOf(target) } })

  /** Does something to every target in turn; `undo` is what undoes it. */
  const each = (
    name: string,
    targets: readonly Target[],
    give: (target: Target) => Promise<boolean>,
    undo: EntryChange | null,
  ) =>
    whileBusy(async () => {
      const back: Step[] = []
      let taken = 0
      for (const target of targets) {
        const steps = stepsBack(store.getState().folded.state, target, undo)
        if (!(await give(target))) continue
        back.push(...steps)
        taken += 1
      }
      if (back.length > 0) remember({ name, back: back.reverse() })
      return taken
    })

  return {
    busy,
    refusal,
    act: (act, targets) =>
      each(act, targets, (target) => one(commandOf(act, target, seenOf(target))), undoOf(act)),
    move: (targets, byMs) =>
      each('shift', targets, (target) => changed(target, { kind: 'move', byMs }), {
        kind: 'move',
        byMs: -byMs,
      }),
    give: (command, back) =>
      whileBusy(async () => {
        const ok = await one(command)
        if (ok && back) remember(back)
        return ok
      }),
    undo: () =>
      whileBusy(async () => {
        const last = done.current.at(-1)
        if (!last) return null
        done.current = done.current.slice(0, -1)
        if (last.back.every(({ change }) => change === null)) return 'fired'
        let taken = 0
        for (const { target, change } of last.back) if (change && (await changed(target, change))) taken += 1
        return taken > 0 ? { name: last.name } : 'refused'
      }),
  }
}

const refOf = ({ kind, id, team }: Target) => ({ kind, id, team })
