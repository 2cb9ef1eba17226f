import { isolated, useSay } from '../i18n/use-say.ts'

/** Who did what stands before it; nothing where that is not known. */
export function ByName({ name }: { readonly name: string | null | undefined }) {
  const say = useSay()
  return name ? <span className="soft small"> {say('people.by', { name: isolated(name) })}</span> : null
}
