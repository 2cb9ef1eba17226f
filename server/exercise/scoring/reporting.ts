import type { CategoryRule } from './category.ts'
import { INJECT_CODES, type InjectCode, injectEntries } from './inject-entries.ts'
import {
  falseReports,
  REPORT_CODES,
  type ReportCode,
  reportEntries,
  reportingBudgets,
} from './report-entries.ts'

/** [SC20] [SC22] One entry for each message of the category that was graded, or whose time is over, and one for each attack that was, or should have been, reported. */
export const reporting: CategoryRule<InjectCode | ReportCode | 'false-report'> = {
  about: 'For reports of what happens: situation reports, and reports of incidents',
  usualPoints: 0,
  needs: 'injects-or-attacks',
  takesIdle: false,
  codes: [...INJECT_CODES, ...REPORT_CODES, 'false-report'],
  entries: (given) => [
    ...injectEntries({ ...given, budget: reportingBudgets(given).injects }, 'reporting'),
    ...reportEntries(given),
  ],
  deductions: falseReports,
}
