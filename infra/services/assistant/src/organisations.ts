import type { Lang } from '../../kit/html.ts'
import { isSubsystem, MEMBERS } from '../../kit/members.ts'
import { textsOf } from './texts.ts'

/** Name of who published a text. Japan's office in Meremaa is no member of X-Road. */
export const organisationOf = (lang: Lang, by: string): string =>
  isSubsystem(by) ? MEMBERS[by].name[lang] : textsOf(lang).otherOrganisation
