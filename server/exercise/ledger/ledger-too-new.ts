/** A ledger holds what only a later Kilp can read. The message says which one is needed. */
export class LedgerTooNew extends Error {
  override name = 'LedgerTooNew'
}
