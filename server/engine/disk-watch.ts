import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Engine } from './engine.ts'
import type { Range } from './ports/ports.ts'

/** What the range stopped because it filled the disk that all share goes into the ledger, for its team and white. */
export function followDisk(
  engine: Engine,
  range: Pick<Range, 'watchDisk'>,
  fault: (what: string, error: unknown) => void,
): void {
  range.watchDisk((news) => {
    engine.submit({ type: 'report-disk', data: news }, PLATFORM).catch((error) => fault('report-disk', error))
  })
}
