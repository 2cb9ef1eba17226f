import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openReserve } from '../../server/store/reserve.ts'

const PART = 16 * 2 ** 20

test('a part of which a full disk left half is made whole once there is room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-reserve-'))
  try {
    mkdirSync(join(folder, 'reserve'))
    for (let n = 0; n < 6; n++) {
      const part = join(folder, 'reserve', String(n))
      writeFileSync(part, '')
      // Whole ones need not be written here: what is asked is their size.
      truncateSync(part, n === 2 ? PART / 2 : PART)
    }
    openReserve(folder).refill()
    const sizes = readdirSync(join(folder, 'reserve')).map((n) => statSync(join(folder, 'reserve', n)).size)
    expect(sizes).toEqual(Array(6).fill(PART))
    // Written out, not a hole.
    expect(statSync(join(folder, 'reserve', '2')).blocks * 512).toBeGreaterThanOrEqual(PART)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
