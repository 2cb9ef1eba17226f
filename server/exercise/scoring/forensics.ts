import type { CategoryRule } from './category.ts'
import { INJECT_CODES, type InjectCode, injectEntries } from './inject-entries.ts'

/** [SC20] One entry for each message of the category that was graded, or whose time is over. */
export const forensics: CategoryRule<InjectCode> = {
  about: 'For questions of what happened, answered right',
  usualPoints: 0,
  needs: 'injects',
  takesIdle: false,
  codes: INJECT_CODES,
  entries: (given) => injectEntries(given, 'forensics'),
}
