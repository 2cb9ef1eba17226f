import type { RangeSpec } from './loaded-scenario.ts'
import type { Range } from './ports.ts'

/** Where the ranges of an installation come up: one container engine, or several. */
export interface RangeHost {
  /** The range of one exercise. Touches nothing until `deploy` or `adopt`. */
  range(of: { readonly exerciseId: string; readonly seed: string; readonly spec: RangeSpec }): Range
  /** How many enclaves of so many containers the machines carry beside what runs there. */
  carries(inEnclave: number): Promise<number>
  /** Removes what this installation left behind of exercises not in `keep`. */
  sweep(keep: readonly string[]): Promise<void>
  /** Removes what there is of one exercise. */
  remove(exerciseId: string): Promise<void>
  /** Lets go of the machines, and touches nothing there. */
  close(): void
}
