let coming = 0

/** Whether parts are on their way that nobody has asked for yet: a page does not start over for the want of them. */
export const comingAhead = (): boolean => coming > 0

/** Counts `part` as such until it has arrived or failed, which is nobody's fault yet. */
export function aheadOf(part: Promise<unknown>): void {
  coming += 1
  void part
    .catch(() => undefined)
    .finally(() => {
      coming -= 1
    })
}
