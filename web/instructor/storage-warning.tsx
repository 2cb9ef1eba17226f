import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'

/** What is wrong with the store, while there is something, and what to do about it. */
export function StorageWarning() {
  const say = useSay()
  const trouble = useFeedState((feed) => feed.heard?.beat.storage)
  if (!trouble) return null
  const { state, freeMiB } = trouble
  return (
    <section className="console-failure" role="alert">
      <h2>{say(`white.storage.${state}`)}</h2>
      {freeMiB !== null && <p>{say('white.storage.free', { mib: freeMiB })}</p>}
      <p>{say(state === 'failing' ? 'white.storage.log' : 'white.storage.mend')}</p>
    </section>
  )
}
