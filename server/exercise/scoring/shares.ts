/** Version of the rules in SPEC.md: pinned in each exercise. */
export const RULES_VERSION = 1

/** [SC2] Points are counted in 1024ths: sums of them are exact, in any order, on every machine. */
export const QUANTUM = 1024

/** Points to whole quanta. */
export const quanta = (points: number): number => Math.round(points * QUANTUM)

/**
 * The share of `total` quanta that falls to `weight` after `before` of `all` weights: cumulative rounding, so that all shares
 * together are the total, exactly.
 */
export function shareOf(total: number, weight: number, before: number, all: number): number {
  if (all <= 0) return 0
  return Math.round((total * (before + weight)) / all) - Math.round((total * before) / all)
}
