/** Runs tasks one after another: the single writer of an exercise. A task that throws fails alone. */
export interface Queue {
  run<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when all that was asked so far is done. */
  idle(): Promise<void>
}

export function openQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const result = tail.then(task)
      tail = result.catch(() => undefined)
      return result
    },
    async idle() {
      await tail
    },
  }
}
