import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react'
import { Suspense, useEffect, useRef } from 'react'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useFeedState } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { LatestFromTutor } from '../tutor.tsx'
import { CaseHead } from './case-head.tsx'
import { CaseReport } from './case-report.tsx'
import type { CaseWays } from './case-ways.ts'
import { forgetPlace, offerBeside, useDesk } from './desk.ts'
import type { DeskOf } from './desk-of.ts'
import { DESK_PANELS } from './desk-panels.tsx'
import { focusPanel } from './focus-panel.ts'
import { useReadCase } from './unread.ts'

/** From here on a tool stands beside the case, as cases.css has it. */
const WIDE = '(min-width: 75rem)'

/** All for one case: what is known of it, who works on it and how far they are, and beside it what one works with. */
export function CaseDesk(
  props: CaseWays & {
    readonly team: TeamView
    readonly view: ExerciseView
    readonly one: CaseView
    readonly cases: readonly CaseView[]
  },
) {
  const say = useSay()
  const { team, view, one, cases, onCase, onReport } = props
  useReadCase(team.id, one)
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever has come here is here with the keyboard, too.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const of: DeskOf = { team, view, one, service: team.services.find(({ id }) => id === one.service) }
  const { beside, toggle } = useDesk()
  const replay = useFeedState((feed) => feed.replay)
  const edits = useMay('save-source', team.id) && view.phase !== 'ended' && !replay
  const hit = one.about.kind === 'attack' && one.evidence !== null && of.service !== undefined
  // What costs time is to find where to look: who has the room for it sees it at once.
  useEffect(
    () => (edits && hit && matchMedia(WIDE).matches ? offerBeside('editor') : undefined),
    [edits, hit, one.case],
  )
  useEffect(() => forgetPlace, [one.case])
  const tools = of.service ? DESK_PANELS.filter(({ place }) => place === 'beside') : []
  const open = tools.filter(({ id }) => beside.includes(id))
  const at = cases.findIndex((known) => known.case === one.case)
  const [before, next] = [cases[at - 1], cases[at + 1]]
  return (
    <div className={open.length > 0 ? 'desk desk-wide' : 'desk'}>
      <div className="desk-ways">
        <button type="button" className="button" onClick={() => onCase(null)}>
          <ArrowLeft aria-hidden="true" size="1.1em" />
          <span className="desk-back">{say('case.back')}</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={!before}
          aria-label={say('case.before')}
          onClick={() => before && onCase(before)}
        >
          <ChevronLeft aria-hidden="true" size="1.1em" />
        </button>
        <button
          type="button"
          className="button"
          disabled={!next}
          aria-label={say('case.next')}
          onClick={() => next && onCase(next)}
        >
          <ChevronRight aria-hidden="true" size="1.1em" />
        </button>
        <CaseReport {...of} onReport={onReport} />
        {tools.length > 0 && (
          <fieldset className="desk-tools">
            <legend className="hidden">{say('case.beside')}</legend>
            {tools.map(({ id, title }) => (
              <button
                key={id}
                type="button"
                className="button"
                aria-pressed={beside.includes(id)}
                onClick={() => {
                  toggle(id)
                  if (!beside.includes(id)) focusPanel(id)
                }}
              >
                {say(title)}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      <CaseHead {...of} heading={heading} />
      {/* The column in which it stands has made room. */}
      {open.length > 0 && <LatestFromTutor team={team} />}
      <div className="desk-panels">
        <div className="desk-main">
          {DESK_PANELS.filter(({ place }) => place === 'main').map((panel) => (
            <Panel key={panel.id} {...panel} of={of} />
          ))}
        </div>
        {open.length > 0 && (
          <div className="desk-beside">
            {open.map((panel) => (
              <Panel key={panel.id} {...panel} of={of} />
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

function Panel(props: (typeof DESK_PANELS)[number] & { readonly of: DeskOf }) {
  const say = useSay()
  const { id, title, of, Panel: What } = props
  return (
    <section id={`desk-${id}`} className="desk-panel" tabIndex={-1} aria-labelledby={`desk-${id}-title`}>
      <h3 id={`desk-${id}-title`}>{say(title)}</h3>
      <Suspense fallback={<p className="soft">{say('wait')}</p>}>
        <What {...of} />
      </Suspense>
    </section>
  )
}
