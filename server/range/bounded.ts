/** Does `work` for every item in order, at most `limit` at a time. After a failure nothing new starts; rejects with the first one. */
export async function bounded<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  let failed = false
  const lane = async () => {
    while (next < items.length && !failed) {
      const item = items[next++] as T
      try {
        await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane))
  const failure = ended.find((lane) => lane.status === 'rejected')
  if (failure) throw failure.reason
}
