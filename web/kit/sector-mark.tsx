import { SECTOR_SHAPES, type SectorLook, SHAPE_LINE } from '#exercise/views/sectors/sector-shapes.ts'
import './sector-cell.css'

/** Shape of each state of an attack: colour only comes on top. */
export function SectorMark({ look }: { readonly look: SectorLook }) {
  const { path, filled, dash } = SECTOR_SHAPES[look]
  return (
    <svg className="sector-mark" viewBox="0 0 24 24" aria-hidden="true">
      {filled ? (
        <path fill="currentColor" d={path} />
      ) : (
        <path
          fill="none"
          stroke="currentColor"
          strokeWidth={SHAPE_LINE}
          strokeLinecap="round"
          strokeDasharray={dash?.join(' ')}
          d={path}
        />
      )}
    </svg>
  )
}
