/** A page of a service. */
export interface Place {
  readonly service: string
  /** With its query. */
  readonly path: string
}

/** Where a visitor has been, and where of it they are. */
export interface Trail {
  readonly places: readonly Place[]
  readonly at: number
}

export const NOWHERE: Trail = { places: [], at: -1 }
const MOST = 100

const same = (a: Place | undefined, b: Place) => a?.service === b.service && a.path === b.path

/** They went on by themselves, by a link or a form: what lay ahead is gone. */
export function wentTo({ places, at }: Trail, place: Place): Trail {
  if (same(places[at], place)) return { places, at }
  const behind = [...places.slice(0, at + 1), place].slice(-MOST)
  return { places: behind, at: behind.length - 1 }
}

/** Where they were led led on. */
export const cameOut = ({ places, at }: Trail, { service, path }: Place): Trail => ({
  places: places.map((known, index) => (index === at ? { service, path } : known)),
  at,
})

/** `http://portal/mailbox`, as people in the state type it. */
export const addressOf = ({ service, path }: Place): string => `http://${service}${path}`

/** What was typed, with or without `http://`; null where it is no address of one of the services. */
export function placeTyped(text: string, services: readonly string[]): Place | null {
  const [, service = '', rest = ''] =
    /^\s*(?:https?:\/\/)?([a-z0-9-]+)(?::80)?([/?#]\S*)?\s*$/i.exec(text) ?? []
  const known = services.find((one) => one === service.toLowerCase())
  if (!known) return null
  const { pathname, search } = new URL(rest, `http://${known}`)
  return { service: known, path: `${pathname}${search}` }
}
