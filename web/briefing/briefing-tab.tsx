import { useAudience } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { PageText } from './page-text.tsx'
import { RulesInWords } from './rules.tsx'
import { usePages } from './use-pages.ts'
import './briefing.css'

/** What the exercise is about, in its author's words, and how points are made in it. */
export function BriefingTab({ rule = null }: { readonly rule?: string | null }) {
  const say = useSay()
  const { pages, again } = usePages()
  const white = useAudience().seat === 'white'
  return (
    <div className="briefing">
      <section aria-labelledby="briefing">
        <h2 id="briefing">{say('briefing.title')}</h2>
        {pages === null && <p className="soft">{say('briefing.loading')}</p>}
        {pages === 'failed' && (
          <p role="alert">
            {say('briefing.failed')}{' '}
            <button type="button" className="button" onClick={again}>
              {say('briefing.again')}
            </button>
          </p>
        )}
        {pages !== null && pages !== 'failed' && <PageText written={pages.briefing} pages={pages} />}
      </section>
      {white && pages !== null && pages !== 'failed' && pages.instructor && (
        <section aria-labelledby="briefing-instructor">
          <h2 id="briefing-instructor">{say('briefing.instructor')}</h2>
          <PageText written={pages.instructor} pages={pages} />
        </section>
      )}
      <RulesInWords rule={rule} />
    </div>
  )
}
