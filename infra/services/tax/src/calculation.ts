/** What a declaration states, in euros a year. */
export interface Stated {
  readonly gross: number
  readonly withheld: number
  readonly training: number
  readonly donations: number
  readonly interest: number
}

export interface Assessed {
  readonly tax: number
  /** Withheld beyond the tax; negative when tax is still due. */
  readonly refund: number
}

const RATE = 0.22
const BASIC_EXEMPTION = 7848
const MOST_DEDUCTIBLE = 1200
/** Deductions may not take more than half of the income. */
const MOST_SHARE = 0.5

export const cents = (euros: number): number => Math.round(euros * 100) / 100

/** Income tax of a year: a flat rate over the basic exemption and the limited deductions. */
export function assess({ gross, withheld, training, donations, interest }: Stated): Assessed {
  const deducted = Math.min(training + donations + interest, MOST_DEDUCTIBLE, gross * MOST_SHARE)
  const tax = cents(RATE * Math.max(0, gross - BASIC_EXEMPTION - deducted))
  return { tax, refund: cents(withheld - tax) }
}
