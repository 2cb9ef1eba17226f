import { useFeedState } from '../../../feed/use-feed.tsx'
import { useSay } from '../../../kit/i18n/use-say.ts'
import { openInEditor } from '../desk.ts'
import type { DeskOf } from '../desk-of.ts'
import { focusPanel } from '../focus-panel.ts'
import { useAnswered } from './use-answered.ts'

/** Where the request of the evidence is answered, and what may decide about it: each a press away. */
export function AnsweredPlaces(of: DeskOf) {
  const say = useSay()
  const replay = useFeedState((feed) => feed.replay)
  const [first, ...others] = useAnswered(of) ?? []
  if (!first || replay) return null
  const button = (place: typeof first) => {
    const at = `${place.path}:${place.line}`
    return (
      <button
        key={at}
        type="button"
        className="button"
        lang="en"
        onClick={() => {
          openInEditor(at)
          focusPanel('editor')
        }}
      >
        {at}
      </button>
    )
  }
  return (
    <div className="desk-answered">
      <span>{say('case.answered')}</span>
      {button(first)}
      {others.map(button)}
    </div>
  )
}
