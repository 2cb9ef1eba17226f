import { SquareX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WallPage } from '#exercise/scenario/wall-scene.ts'
import { useExercise } from '../feed/use-view.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { useWallPage, type WallStanding } from './use-wall-page.ts'
import './wall-page.css'
import { namesOf } from './wall-lines.tsx'

/** What a citizen sees at a service of a team now, for everybody who watches: to be looked at and nothing else. `instead`: where this platform shows no such pages. */
export function WallPageScene({ page, instead }: { readonly page: WallPage; readonly instead: ReactNode }) {
  const say = useSay()
  const exercise = useExercise()
  const { at, off } = useWallPage(page)
  if (off) return instead
  const team = exercise.teams.find(({ id }) => id === page.team)
  const of = {
    team: team ? say.text(team.name) : page.team,
    service: namesOf(say, exercise).service(page.service),
  }
  const bad = at !== null && (at.failed !== null || at.status >= 400)
  return (
    <section className="wall-page" aria-labelledby="wall-page">
      <div className="wall-page-bar">
        <h2 id="wall-page">{say('wallPage.title', of)}</h2>
        {at?.url && (
          <p role="status" className={bad ? 'wall-page-bad' : 'soft'}>
            {bad && <SquareX aria-hidden="true" size="1.1em" />}
            {standingText(say, at, of)}
          </p>
        )}
      </div>
      <div className="wall-page-box">
        {/* Large, where the page would be. */}
        {!at?.url && (
          <p role="status" className={bad ? 'wall-page-none wall-page-bad' : 'wall-page-none soft'}>
            {bad && <SquareX aria-hidden="true" size="1.1em" />}
            {at ? standingText(say, at, of) : say('wait')}
          </p>
        )}
        {at?.url && (
          <iframe
            key={at.url}
            className="wall-page-frame"
            title={say('wallPage.frame', of)}
            src={at.url}
            // Nothing at all: no script, no form, no window, no origin.
            sandbox=""
            allow=""
            referrerPolicy="no-referrer"
            tabIndex={-1}
            inert
          />
        )}
      </div>
    </section>
  )
}

type Of = { readonly team: string; readonly service: string }

function standingText(say: Say, { failed, status, ms }: WallStanding, of: Of): string {
  if (failed === null && status < 400) return say('wallPage.took', { ...of, ms: say.number(Math.round(ms)) })
  if (failed === null) return say('wallPage.error', { ...of, status })
  if (failed === 'down' || failed === 'broken' || failed === 'leads-away' || failed === 'stands-still')
    return say(`wallPage.${failed}`, of)
  return say('wallPage.later')
}
