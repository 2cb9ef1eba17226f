import { ArrowLeft, ChevronLeft, ChevronRight, Maximize } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { seriesAt } from '#exercise/views/series.ts'
import { mainPoints, turningPoints } from '#exercise/views/turning-points.ts'
import { go, hrefOf, linkTo, parseRoute, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useAudience, useFeedState } from '../feed/use-feed.tsx'
import { useAtMs, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { turnText } from '../replay/turn-text.ts'
import { BlockView } from './paper.tsx'
import './report.css'
import './hot-wash.css'
import { slidesOf } from './slides.ts'
import { useReport } from './use-report.ts'
import { useWords } from './use-words.ts'

const DOWN: readonly string[] = ['ArrowDown', 'PageDown', ' ']
const UP: readonly string[] = ['ArrowUp', 'PageUp']
/** So much of what is seen goes by, that the eye finds its place again. */
const PAGE = 0.8

/** Whether a table of the slide had more in that direction, which is seen now. */
function scrolled(way: 1 | -1): boolean {
  for (const place of document.querySelectorAll('.slide .paper-scroll')) {
    const left = way > 0 ? place.scrollHeight - place.clientHeight - place.scrollTop : place.scrollTop
    if (left < 1) continue
    place.scrollBy({ top: way * place.clientHeight * PAGE })
    return true
  }
  return false
}

/** White, in front of all: slides for the first ten minutes after the end, made of the reports; by keys, as a projector's remote sends them. */
export function HotWash() {
  const say = useSay()
  const route = useRoute()
  const { seat } = useAudience()
  const words = useWords()
  const minister = useReport({ reader: 'minister' }, words)
  const excon = useReport({ reader: 'excon' }, words)
  const made = words && minister && excon ? slidesOf(minister, excon, words) : []
  // Behind those of the reports stands that of the turning points.
  const last = made.length + 1
  const asked = Math.round(Number(route.pick ?? 1))
  const nth = Math.min(last, Math.max(1, asked || 1))
  const turn = (to: number) => go(hrefOf({ ...route, pick: String(Math.min(last, Math.max(1, to))) }), true)
  useKeys((key) => {
    if (DOWN.includes(key) && scrolled(1)) return true
    if (UP.includes(key) && scrolled(-1)) return true
    if (key === 'ArrowRight' || DOWN.includes(key)) turn(nth + 1)
    else if (key === 'ArrowLeft' || UP.includes(key)) turn(nth - 1)
    else if (key === 'Home') turn(1)
    else if (key === 'End') turn(last)
    else return false
    return true
  })
  if (seat !== 'white')
    return (
      <Shell title={say('hotwash.title')} className="report">
        <p>{say('white.noSeat')}</p>
      </Shell>
    )
  const slide = made[nth - 1]
  return (
    <Shell
      title={say('hotwash.title')}
      className="hotwash"
      tools={
        <>
          <a className="button" href={linkTo('report')}>
            <ArrowLeft aria-hidden="true" size="1.1em" />
            {say('report.page.title')}
          </a>
          <button
            type="button"
            className="button"
            onClick={() => void document.documentElement.requestFullscreen?.().catch(() => undefined)}
          >
            <Maximize aria-hidden="true" size="1.1em" />
            {say('hotwash.full')}
          </button>
        </>
      }
    >
      <article className="slide card" lang={words?.lang} aria-live="polite">
        {slide && words ? (
          <>
            <h2>{slide.title}</h2>
            <div className="slide-body">
              {slide.blocks.map((block, n) => (
                <BlockView key={n} block={block} report={slide.of.report} words={words} />
              ))}
            </div>
          </>
        ) : (
          made.length > 0 && <Turns />
        )}
        <footer className="slide-foot">
          <Step label={say('hotwash.previous')} at={nth - 1} last={last} onTurn={turn}>
            <ChevronLeft aria-hidden="true" size="1.3em" />
          </Step>
          <span className="num">{say('hotwash.slide', { n: nth, all: last })}</span>
          <Step label={say('hotwash.next')} at={nth + 1} last={last} onTurn={turn}>
            <ChevronRight aria-hidden="true" size="1.3em" />
          </Step>
        </footer>
      </article>
    </Shell>
  )
}

function Step(props: {
  readonly label: string
  readonly at: number
  readonly last: number
  readonly onTurn: (to: number) => void
  readonly children: ReactNode
}) {
  const { label, at, last, onTurn, children } = props
  return (
    <button
      type="button"
      className="button"
      aria-label={label}
      disabled={at < 1 || at > last}
      onClick={() => onTurn(at)}
    >
      {children}
    </button>
  )
}

const replayAt = (atMs: number): string => hrefOf({ ...parseRoute(linkTo('national')), at: atMs })

/** The most important of the moments that decided it, each leading into the replay, which has all of them. */
function Turns() {
  const say = useSay()
  const state = useExerciseState()
  const losses = useFeedState((feed) => feed.folded.losses)
  const atMs = useAtMs()
  const all = useMemo(
    () => (losses ? turningPoints(state, seriesAt(losses, state, atMs), atMs) : []),
    [state, losses, atMs],
  )
  const turns = mainPoints(all)
  return (
    <>
      <h2>{say('hotwash.turns')}</h2>
      <div className="slide-body">
        {turns.length === 0 && <p>{say('hotwash.noTurns')}</p>}
        {turns[0] && all.length > turns.length && (
          <p>
            <a href={replayAt(turns[0].atMs)}>
              {say('hotwash.turnsOf', { n: turns.length, all: all.length })}
            </a>
          </p>
        )}
        <ul>
          {turns.map((one, n) => (
            <li key={n}>
              <a className="num" href={replayAt(one.atMs)}>
                {say.clock(one.atMs)}
              </a>{' '}
              {turnText(say, state, one)}
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

/** Keys of the window that are meant for no control. `take` says whether it did something. */
function useKeys(take: (key: string) => boolean) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target.closest('select, input, textarea') : null
      const onButton =
        event.key === ' ' && event.target instanceof Element && event.target.closest('button, a')
      if (at || onButton || event.ctrlKey || event.metaKey || event.altKey) return
      if (take(event.key)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}
