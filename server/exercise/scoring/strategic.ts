import type { CategoryRule } from './category.ts'
import { INJECT_CODES, type InjectCode, injectEntries } from './inject-entries.ts'

/** [SC20] One entry for each message of the category that was graded, or whose time is over. */
export const strategic: CategoryRule<InjectCode> = {
  about: 'For answers to press, ministry, lawyers, partners and citizens, graded by rubric',
  usualPoints: 0,
  needs: 'injects',
  takesIdle: false,
  codes: INJECT_CODES,
  entries: (given) => injectEntries(given, 'strategic'),
}
