import { useEffect } from 'react'
import { usePerson } from './person.ts'
import { useFeed, useFeedState } from './use-feed.tsx'

/** Says which part of the page is looked at. */
export function useWhere(tab: string, service?: string): void {
  const { store } = useFeed()
  useEffect(() => {
    store.setState({ where: { tab, ...(service !== undefined && { service }) } })
    return () => store.setState({ where: null })
  }, [store, tab, service])
}

/** Says which message is read. */
export function useReading(inject: string): void {
  const { store } = useFeed()
  useEffect(() => {
    store.setState({ reading: inject })
    return () => store.setState({ reading: null })
  }, [store, inject])
}

/** Tells the server who is before this page and where in it: once connected, and whenever either changes. Once in a page. */
export function useHere(): void {
  const { socket } = useFeed()
  const live = useFeedState((feed) => feed.connection === 'live')
  const guest = useFeedState((feed) => (feed.seat?.seat ?? 'guest') === 'guest')
  const exercise = useFeedState((feed) => feed.exercise?.id ?? null)
  const where = useFeedState((feed) => feed.where)
  const reading = useFeedState((feed) => feed.reading)
  const person = usePerson(exercise)
  useEffect(() => {
    if (!socket || !live || guest) return
    socket.emit('here', person, where && reading !== null ? { ...where, inject: reading } : where)
  }, [socket, live, guest, person, where, reading])
}
