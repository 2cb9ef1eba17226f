import { clockMs } from '#exercise/scenario/clock-text.ts'

export const RANGES = ['all', 'minute', 'five', 'around'] as const
export type RangeKind = (typeof RANGES)[number]
/** How far around a moment, s. */
export const REACHES = [10, 60, 300] as const

export interface RangeAsked {
  readonly kind: RangeKind
  /** As it was written. */
  readonly moment: string
  readonly reachS: number
}

const LASTS_MS = { minute: 60_000, five: 300_000 } as const

/** The span of exercise time that is asked for, at `atMs`; null where what was written is no moment. */
export function spanOf(
  { kind, moment, reachS }: RangeAsked,
  atMs: number,
): { readonly fromMs: number | null; readonly toMs: number | null } | null {
  if (kind === 'all') return { fromMs: null, toMs: null }
  if (kind !== 'around') return { fromMs: atMs - LASTS_MS[kind], toMs: null }
  const at = clockMs(moment)
  // A moment as it is written stands for its whole second.
  return at === null ? null : { fromMs: at - reachS * 1000, toMs: at + 999 + reachS * 1000 }
}
