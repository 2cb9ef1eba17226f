import type { SectorState } from './sector-cells.ts'

export type SectorLook = SectorState | 'best'

/** A shape in a box of 24 by 24: an SVG path, drawn as a line unless it is `filled`. `dash`: lengths of strokes and gaps. */
export interface SectorShape {
  readonly path: string
  readonly filled?: true
  readonly dash?: readonly [number, number]
}

/** Width of their lines. */
export const SHAPE_LINE = 2.4

const circle = (radius: number): string =>
  `M${12 - radius},12a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0z`

/** Shape of each state of an attack, on screens and on paper: colour only comes on top. */
export const SECTOR_SHAPES: Readonly<Record<SectorLook, SectorShape>> = {
  best: {
    path: 'm12 1.5 3.2 6.7 7.3 1-5.3 5.1 1.3 7.3L12 18l-6.5 3.6 1.3-7.3L1.5 9.2l7.3-1z',
    filled: true,
  },
  closed: { path: `${circle(10)}M7.5 12.5l3 3 6-6.5` },
  blocked: { path: 'M12 2 3.5 5v6.5c0 5 3.5 8.5 8.5 10.5 5-2 8.5-5.5 8.5-10.5V5zM8 12h8' },
  'blocked-by-outage': { path: 'M12 2v9M6.5 5.5a9 9 0 1 0 11 0' },
  open: {
    path: 'M5.5 2.5h13a3 3 0 0 1 3 3v13a3 3 0 0 1-3 3h-13a3 3 0 0 1-3-3v-13a3 3 0 0 1 3-3zM8 8l8 8M16 8l-8 8',
  },
  'under-way': { path: 'M12 1.8 22.2 12 12 22.2 1.8 12z', dash: [3.5, 3.8] },
  void: { path: `${circle(9.5)}M5.5 18.5l13-13` },
  'not-yet': { path: 'M8 12h8' },
}
