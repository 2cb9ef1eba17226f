import { Maximize, Minimize } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { TeamView } from '#exercise/views/views.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { SelectOne } from '../kit/select-one.tsx'
import { CitizenBar } from './citizen-bar.tsx'
import { CitizenSignIn } from './citizen-sign-in.tsx'
import { addressOf, cameOut, NOWHERE, type Place, type Trail, wentTo } from './trail.ts'
import { type SignedIn, type Standing, useVisit } from './use-visit.ts'
import { useWholeScreen } from './use-whole-screen.ts'
import './citizen.css'

/** What of the page it has before it a frame may do: run scripts and send forms, as it would for a citizen. Not: lead the page around it elsewhere, open windows, ask, save files. */
const MAY = 'allow-scripts allow-forms allow-same-origin'

interface Shown {
  readonly team: TeamView
  readonly service: string
  /** What else may be done with the page that somebody has before them. */
  readonly beside?: (place: Place) => ReactNode
}

/** A team's services as its citizens see them now, in a frame; each has an origin of its own, which is none of ours. None in a replay: it would show and touch those of now. */
export function CitizenView(props: Shown) {
  const say = useSay()
  const replay = useFeedState((feed) => feed.replay)
  return replay ? <p className="soft">{say('citizen.none.other')}</p> : <Now {...props} />
}

function Now(props: Shown) {
  const { team, service, beside } = props
  const say = useSay()
  const visit = useVisit(team.id)
  const { begun } = visit
  const [frame, setFrame] = useState({ load: 0, src: '' })
  const [trail, setTrail] = useState<Trail>(NOWHERE)
  const [standing, setStanding] = useState<Standing | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const [signing, setSigning] = useState(false)
  const [unsigned, setUnsigned] = useState<Extract<SignedIn, { ok: false }>['why'] | null>(null)
  const [whole, big, toggle] = useWholeScreen()
  /** We led them there, so that it is no step of their own. */
  const led = useRef(false)
  const place = trail.places[trail.at] ?? null
  const titleOf = (id: string) => {
    const known = team.services.find((one) => one.id === id)
    return known ? say.text(known.title) : id
  }

  const { open } = visit
  const show = useCallback(
    async (to: Place) => {
      const src = await open(to.service, to.path)
      if (src === null) return
      led.current = true
      setFrame(({ load }) => ({ load: load + 1, src }))
    },
    [open],
  )
  const go = (to: Place) => {
    setUnsigned(null)
    setTrail((known) => wentTo(known, to))
    void show(to)
  }
  const step = (by: -1 | 0 | 1) => {
    const to = trail.places[trail.at + by]
    if (!to) return
    setTrail({ places: trail.places, at: trail.at + by })
    void show(to)
  }
  // The service that the room shows, if citizens reach it, whenever another is chosen there.
  useEffect(() => {
    if (!begun?.services.includes(service)) return
    const to = { service, path: '/' }
    setTrail((known) => wentTo(known, to))
    void show(to)
  }, [begun, service, show])

  const loaded = async () => {
    const now = await visit.standing()
    if (!now?.at) return
    const { at } = now
    setStanding(at)
    setPerson(now.person)
    const ours = led.current
    led.current = false
    setTrail((known) => (ours ? cameOut(known, at) : wentTo(known, { service: at.service, path: at.path })))
  }
  const be = async (who: string | null) => {
    const to = place?.service ?? service
    setSigning(true)
    setUnsigned(null)
    const signed = await visit.signIn(to, who)
    setSigning(false)
    if (!signed) return
    if (!signed.ok) {
      setUnsigned(signed.why)
      return
    }
    setPerson(who)
    go({ service: signed.service, path: signed.path })
  }

  if (!begun)
    return visit.none === null ? (
      <p className="soft">{say('citizen.begins')}</p>
    ) : (
      <div role="alert" className="citizen-none">
        <p>{say(`citizen.none.${visit.none}`)}</p>
        {visit.none !== 'off' && (
          <button type="button" className="button" onClick={visit.again}>
            {say('citizen.again')}
          </button>
        )}
      </div>
    )
  return (
    <section ref={whole} className={big ? 'citizen big' : 'citizen'} aria-labelledby="citizen-title">
      {big && <p className="citizen-banner">{say('shell.banner')}</p>}
      <div className="citizen-head">
        <h2 id="citizen-title">{say('citizen.of', { team: say.text(team.name) })}</h2>
        <button type="button" className="button" onClick={toggle}>
          {big ? <Minimize aria-hidden="true" size="1.1em" /> : <Maximize aria-hidden="true" size="1.1em" />}
          {say(big ? 'citizen.small' : 'citizen.big')}
        </button>
      </div>
      <div className="citizen-choose">
        <SelectOne
          label={say('citizen.service')}
          none={say('citizen.choose')}
          value={place?.service ?? ''}
          onChange={(id) => id !== '' && go({ service: id, path: '/' })}
          options={begun.services.map((id) => [id, titleOf(id)])}
        />
        <CitizenSignIn
          people={begun.people}
          person={person}
          busy={signing}
          onPerson={(who) => void be(who)}
        />
      </div>
      <CitizenBar
        place={place}
        services={begun.services}
        back={trail.at > 0}
        forward={trail.at < trail.places.length - 1}
        onStep={step}
        onGo={go}
      />
      {place && beside?.(place)}
      {unsigned && <p role="alert">{say(`citizen.unsigned.${unsigned}`)}</p>}
      {!place && <p>{say('citizen.notPublic', { service: titleOf(service) })}</p>}
      {standing?.failed && (
        <p role="alert" className="citizen-failed">
          {say(`citizen.failed.${standing.failed}`, { service: titleOf(standing.service) })}
        </p>
      )}
      {frame.src !== '' && (
        <iframe
          // A new one each time: what it shows is none of the steps of the page around it.
          key={frame.load}
          className={standing?.failed ? 'citizen-frame empty' : 'citizen-frame'}
          title={say('citizen.frame', { address: place ? addressOf(place) : '' })}
          src={frame.src}
          sandbox={MAY}
          allow=""
          referrerPolicy="no-referrer"
          onLoad={() => void loaded()}
        />
      )}
      <p className="soft citizen-foot">
        {standing && !standing.failed && (
          <span className="num">
            {say('citizen.took', { status: standing.status, ms: say.number(standing.ms) })}{' '}
          </span>
        )}
        {say('citizen.foot')}
      </p>
    </section>
  )
}
