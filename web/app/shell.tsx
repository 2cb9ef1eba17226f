import { CalendarClock, Flag, History, Moon, Pause, Radio, Shield, Sun, Unplug } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { toBegin } from '#exercise/decide/decision.ts'
import { LANGS } from '#exercise/scenario/words.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useAtMs, useExerciseState } from '../feed/use-view.ts'
import './shell.css'
import './print.css'
import { useSay } from '../kit/i18n/use-say.ts'
import { PartGuard } from '../kit/part-guard.tsx'
import { PersonBadge } from '../kit/people/person-badge.tsx'
import { saidReason } from '../kit/said-reason.ts'
import { NoPicture } from './no-picture.tsx'
import { go, hrefOf, isTimeless, linkTo, useRoute } from './route.ts'
import { keepSetting, useTheme } from './settings.ts'

/** Frame of every page: the exercise banner, its name, how fresh it is, exercise time, language and theme. Embedded, only the banner: without it a picture of the page is a rumour. */
export function Shell(props: {
  readonly title: string
  readonly className: string
  readonly tools?: ReactNode
  readonly aside?: ReactNode
  /** What waits to be looked at: its number stands first in the browser's tab. */
  readonly alerts?: number
  /** It shows no exercise, so that nothing of one stands around it. */
  readonly ofInstallation?: boolean
  readonly children: ReactNode
}) {
  const say = useSay()
  const stale = useFeedState((feed) => feed.staleMs !== null)
  const { big, embed } = useRoute()
  const { title, alerts = 0 } = props
  const own = useExerciseState().name
  const whole = own === null || props.ofInstallation ? title : `${title} · ${own}`
  useEffect(() => {
    document.title = `${alerts > 0 ? `(${alerts}) ` : ''}${whole} · Kilp`
  }, [whole, alerts])
  return (
    <div
      className={`shell ${props.className}`}
      data-stale={(stale && !props.ofInstallation) || undefined}
      data-big={big || undefined}
    >
      {!embed && (
        <button type="button" className="shell-skip button" onClick={skipToMain}>
          {say('shell.skip')}
        </button>
      )}
      <aside className="shell-banner" aria-label={say('shell.bannerName')}>
        {say('shell.banner')}
      </aside>
      {embed ? <h1 className="hidden">{props.title}</h1> : <Head {...props} big={big} />}
      {embed && stale && <Pulse />}
      {!props.ofInstallation && <Paused />}
      <main className="shell-main" id="main" tabIndex={-1}>
        {props.ofInstallation ? (
          <PartGuard>{props.children}</PartGuard>
        ) : (
          <NoPicture>
            <PartGuard>{props.children}</PartGuard>
          </NoPicture>
        )}
      </main>
    </div>
  )
}

function Head(props: {
  readonly title: string
  readonly tools?: ReactNode
  readonly aside?: ReactNode
  readonly ofInstallation?: boolean
  readonly big: boolean
}) {
  const { title, tools, aside, ofInstallation, big } = props
  const say = useSay()
  return (
    <header className="shell-head">
      <h1>
        <a href={linkTo('start')} aria-label={say('shell.home')}>
          <Shield aria-hidden="true" size="1.2em" />
        </a>
        {title}
      </h1>
      {!ofInstallation && (
        <>
          <Pulse />
          <ExerciseClock />
        </>
      )}
      {aside}
      <div className="shell-tools">
        {tools}
        {!big && !ofInstallation && <ReplayLink />}
        {!big && !ofInstallation && <PersonBadge />}
        {!big && <LanguagePicker />}
        {!big && <ThemePicker />}
      </div>
    </header>
  )
}

/** To what was: for everybody when it is over, for white at any time. */
function ReplayLink() {
  const say = useSay()
  const route = useRoute()
  const { phase, atMs } = useExerciseState()
  const white = useFeedState((feed) => feed.seat?.seat === 'white')
  const record = useFeedState((feed) => feed.exercise?.record ?? false)
  const replay = useFeedState((feed) => feed.replay)
  const over = record || phase === 'ended'
  const under = phase === 'running' || phase === 'paused'
  if (replay || isTimeless(route) || !(over || (white && under))) return null
  return (
    <a
      className="button"
      href={hrefOf({ ...route, at: over ? 0 : atMs })}
      title={white ? say('replay.open') : undefined}
    >
      <History aria-hidden="true" size="1.1em" />
      {/* The console's head is one row on a laptop. */}
      <span className={white ? 'hidden' : undefined}>{say('replay.open')}</span>
    </a>
  )
}

/** The hash belongs to the route, so this is no link: it moves the focus itself. */
function skipToMain() {
  document.getElementById('main')?.focus()
}

/** Live, standing, or how old what we see is: in words. */
export function Pulse() {
  const say = useSay()
  const connection = useFeedState((feed) => feed.connection)
  const staleMs = useFeedState((feed) => feed.staleMs)
  const phase = useFeedState((feed) => feed.folded.state.phase)
  const record = useFeedState((feed) => feed.exercise?.record ?? false)
  const known = useFeedState((feed) => feed.caughtUp)
  const replay = useFeedState((feed) => feed.replay)
  if (replay)
    return (
      <span className="pulse replayed">
        <History aria-hidden="true" size="1.1em" />
        {say('pulse.replay')}
      </span>
    )
  if (staleMs !== null || connection === 'refused') {
    return (
      <span className="pulse stale">
        <Unplug aria-hidden="true" size="1.1em" />
        {connection === 'refused'
          ? say('pulse.refused')
          : say('pulse.stale', { age: say.span(staleMs ?? 0) })}
      </span>
    )
  }
  const live = known && connection === 'live' && phase === 'running' && !record
  return (
    <span className={`pulse ${live ? '' : 'still'}`}>
      <Radio aria-hidden="true" size="1.1em" />
      {known ? say(record ? 'pulse.record' : `pulse.${phase}`) : say('pulse.connecting')}
    </span>
  )
}

/** When it begins by itself, why time stands still, or why it is all over, for everybody to read. */
function Paused() {
  const say = useSay()
  const { phase, pauseReason, endReason, halts, plannedStart } = useExerciseState()
  const known = useFeedState((feed) => feed.caughtUp && feed.connection !== 'refused')
  if (known && phase === 'ended' && endReason !== '' && endReason !== 'ended')
    return (
      <p className="shell-paused" role="status">
        <Flag aria-hidden="true" size="1.2em" />
        <span>{say('shell.ended', { reason: saidReason(say, endReason) })}</span>
      </p>
    )
  if (known && plannedStart !== null && toBegin({ phase }))
    return (
      <p className="shell-paused" role="status">
        <CalendarClock aria-hidden="true" size="1.2em" />
        <span className="num">{say('begins.when', { when: say.date(plannedStart) })}</span>
      </p>
    )
  if (!known || phase !== 'paused') return null
  const halt = halts.findLast(({ code }) => code === 'paused')
  // Exercise time stands still, so that only the time of day says for how long.
  const time = halt && (halt.wall === undefined ? say.clock(halt.atMs) : say.time(halt.wall))
  return (
    <p className="shell-paused" role="status">
      <Pause aria-hidden="true" size="1.2em" />
      <span>
        {pauseReason === ''
          ? say('shell.pausedBy')
          : say('shell.paused', { reason: saidReason(say, pauseReason) })}{' '}
        {time && <span className="soft num">{say('shell.pausedSince', { time })}</span>}
      </span>
    </p>
  )
}

export function ExerciseClock() {
  const say = useSay()
  const atMs = useAtMs()
  const durationMs = useExerciseState().scenario.durationMs
  if (durationMs === 0) return null
  return (
    <span className="shell-clock">
      <span className="soft">{say('shell.time')}</span> <b className="num">{say.clock(atMs)}</b>{' '}
      <span className="soft num">{say('shell.of', { total: say.clock(durationMs) })}</span>
    </span>
  )
}

const LANGUAGE_NAMES = { en: 'English', et: 'Eesti', ja: '日本語' } as const

function LanguagePicker() {
  const say = useSay()
  const route = useRoute()
  return (
    <label className="picker">
      <span className="hidden">{say('shell.language')}</span>
      <select
        value={say.lang}
        onChange={(event) => {
          const lang = LANGS.find((known) => known === event.target.value)
          if (!lang) return
          keepSetting('lang', lang)
          go(hrefOf({ ...route, lang }), true)
        }}
      >
        {LANGS.map((lang) => (
          <option key={lang} value={lang} lang={lang}>
            {LANGUAGE_NAMES[lang]}
          </option>
        ))}
      </select>
    </label>
  )
}

function ThemePicker() {
  const say = useSay()
  const route = useRoute()
  const theme = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      className="button"
      aria-label={say(`shell.theme.${other}`)}
      onClick={() => {
        keepSetting('theme', other)
        go(hrefOf({ ...route, theme: other }), true)
      }}
    >
      {theme === 'dark' ? <Sun aria-hidden="true" size="1.2em" /> : <Moon aria-hidden="true" size="1.2em" />}
    </button>
  )
}
