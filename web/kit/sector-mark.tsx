import './sector-cell.css'
import type { SectorState } from '#exercise/views/sectors/sector-cells.ts'

export type SectorLook = SectorState | 'best'

/** Shape of each state of an attack: colour only comes on top. */
export function SectorMark({ look }: { readonly look: SectorLook }) {
  return (
    <svg className="sector-mark" viewBox="0 0 24 24" aria-hidden="true">
      {SHAPES[look]}
    </svg>
  )
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2.4, strokeLinecap: 'round' } as const

const SHAPES = {
  best: (
    <path
      fill="currentColor"
      d="m12 1.5 3.2 6.7 7.3 1-5.3 5.1 1.3 7.3L12 18l-6.5 3.6 1.3-7.3L1.5 9.2l7.3-1z"
    />
  ),
  closed: (
    <g {...line}>
      <circle cx="12" cy="12" r="10" />
      <path d="m7.5 12.5 3 3 6-6.5" />
    </g>
  ),
  blocked: (
    <g {...line}>
      <path d="M12 2 3.5 5v6.5c0 5 3.5 8.5 8.5 10.5 5-2 8.5-5.5 8.5-10.5V5z" />
      <path d="M8 12h8" />
    </g>
  ),
  'blocked-by-outage': (
    <g {...line}>
      <path d="M12 2v9" />
      <path d="M6.5 5.5a9 9 0 1 0 11 0" />
    </g>
  ),
  open: (
    <g {...line}>
      <rect x="2.5" y="2.5" width="19" height="19" rx="3" />
      <path d="m8 8 8 8M16 8l-8 8" />
    </g>
  ),
  'under-way': <path {...line} strokeDasharray="3.5 3.8" d="M12 1.8 22.2 12 12 22.2 1.8 12z" />,
  void: (
    <g {...line}>
      <circle cx="12" cy="12" r="9.5" />
      <path d="m5.5 18.5 13-13" />
    </g>
  ),
  'not-yet': <path {...line} d="M8 12h8" />,
} as const satisfies Readonly<Record<SectorLook, React.ReactNode>>
