import axe from 'axe-core'
import { type ReactNode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import type { CommandReply, WireCommand } from '../../server/exercise/wire/protocol.ts'
import type { Theme } from '../../web/app/route.ts'
import { go } from '../../web/app/route.ts'
import type { Feed } from '../../web/feed/connect.ts'
import { createFeedStore, passTime, takeBatches } from '../../web/feed/feed.ts'
import { FeedOf } from '../../web/feed/use-feed.tsx'
import { bringLaterTexts, showLang, startI18n } from '../../web/kit/i18n/i18n.ts'
import '../../web/kit/tokens.css'
import '../../web/kit/base.css'
import '@fontsource/atkinson-hyperlegible-next/400.css'
import '@fontsource/atkinson-hyperlegible-next/700.css'

let started = false

export interface ShownFeed extends Feed {
  /** Commands that the page sent, each answered as `answer` says. */
  readonly sent: WireCommand[]
}

/** A feed that has taken a recorded ledger as this audience receives it, without a network. */
export function recordedFeed(
  ledger: readonly Recorded[],
  audience: Audience,
  exerciseMs: number,
  answer: CommandReply = { ok: true, cursor: 0 },
): ShownFeed {
  const now = () => performance.now()
  const store = createFeedStore(now)
  const sent: WireCommand[] = []
  const take = takeBatches(store, () => Promise.reject(new Error('nothing to catch up with')))
  take({
    after: 0,
    cursor: ledger.length,
    events: ledger.flatMap((event) => redact(event, audience) ?? []),
  })
  const running = store.getState().folded.state.phase === 'running'
  const beat = { exerciseMs, speed: 1, running, wall: 0, cursor: ledger.length }
  const team = audience.seat === 'blue' ? audience.team : null
  store.setState({
    connection: 'live',
    caughtUp: true,
    seat: { seatId: audience.seat, seat: audience.seat, team, label: '' },
    exercise: { id: store.getState().folded.state.exerciseId, current: true, record: false },
    heard: { beat, heardAt: now() },
    aliveAt: now(),
  })
  passTime(store, now())
  return {
    store,
    sent,
    socket: null,
    wire: {
      catchUp: () => Promise.reject(new Error('nothing to catch up with')),
      command: async (command) => {
        sent.push(command)
        return answer
      },
    },
    close() {},
  }
}

/** Puts a page into the document as `main.ts` does: language, theme, route. Taken away when the test ends. */
export async function showPage(
  page: ReactNode,
  feed: Feed,
  of: { readonly hash: string; readonly lang: Lang; readonly theme: Theme },
): Promise<HTMLElement> {
  // Whatever page it is: those that say what only few say bring it with them, and here none does.
  await bringLaterTexts()
  if (!started) await startI18n(of.lang)
  started = true
  go(of.hash, true)
  await showLang(of.lang)
  document.documentElement.dataset.theme = of.theme
  document.title = 'Kilp'
  const box = document.createElement('div')
  document.body.append(box)
  const root = createRoot(box)
  onTestFinished(() => {
    root.unmount()
    box.remove()
  })
  root.render(
    <FeedOf feed={feed}>
      <Suspense>{page}</Suspense>
    </FeedOf>,
  )
  await until(() => box.querySelector('main'))
  // So is what stands below the console's clock.
  await until(() => !box.querySelector('.console') || box.querySelector('.console-side'))
  // A table of services is drawn after what stands around it.
  await until(() => !box.querySelector('table.matrix') || box.querySelector('table.matrix tbody tr'))
  await document.fonts.ready
  return box
}

/** Waits for something to be there. @throws after ten seconds: two cores may draw several large pages at once. */
export async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  const end = performance.now() + 10_000
  for (;;) {
    const found = look()
    if (found) return found
    if (performance.now() > end) throw new Error(`still not there: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What axe finds wrong in the page, one line each. */
export async function violations(box: HTMLElement): Promise<readonly string[]> {
  const { violations: found } = await axe.run(box)
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  )
}
