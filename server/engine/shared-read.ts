interface Reads<T> {
  readonly running: Promise<T>
  next: Promise<T> | null
}

/**
 * One read of a service at a time, however many ask: who comes while one is under way shares the next, which sees all that was written before they came.
 */
export function shared<P extends { readonly team: string; readonly service: string }, T>(
  read: (place: P) => Promise<T>,
): (place: P) => Promise<T> {
  const reads = new Map<string, Reads<T>>()
  const begin = (key: string, place: P): Promise<T> => {
    const running = read(place)
    const of: Reads<T> = { running, next: null }
    reads.set(key, of)
    const done = () => {
      if (reads.get(key) === of && !of.next) reads.delete(key)
    }
    running.then(done, done)
    return running
  }
  return (place) => {
    const key = `${place.team}/${place.service}`
    const of = reads.get(key)
    if (!of) return begin(key, place)
    const again = () => begin(key, place)
    of.next ??= of.running.then(again, again)
    return of.next
  }
}
