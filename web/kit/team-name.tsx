import type { Text } from '#exercise/scenario/words.ts'
import { useSay } from './i18n/use-say.ts'
import { Told } from './told.tsx'

/** A name that somebody gave: at most two lines of it, and the whole where the pointer rests. Cut, it keeps its beginning, whichever way it is written. */
export function TeamName({ name }: { readonly name: Text }) {
  const say = useSay()
  return (
    <span className="name" dir="auto" title={say.text(name)}>
      <Told name text={name} />
    </span>
  )
}
