import { replaced, replacedInTurns } from './replaced.ts'

/** Where the services of one team are for a browser: the name in the enclave, and the origin that stands for it. */
export interface Addresses {
  /** Absolute addresses of the enclave, in what a service sends, become those that the browser can follow. */
  outward(text: string): string
  /** The same for a long text, without keeping the platform busy with it. */
  outwardInTurns(text: string): Promise<string>
  /** The way back, also where they are percent-encoded, as in a form. */
  inward(text: string): string
  inwardInTurns(text: string): Promise<string>
  /** Of the origin that stands for a service; undefined for what is none. */
  originOf(service: string): string | undefined
  readonly origins: readonly string[]
  /** Whether an address leads to a page of another team, or to a port that may be one's. */
  ofOthers(url: string): boolean
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** An absolute address up to the end of its host and port, as JSON writes it too. Nothing in it goes back over what was read, whatever the text. */
const NAMED = /https?:(\\?\/)(\\?\/)([\w.-]{1,64})(?::(\d[\w.-]{0,8}))?/gi

/** `sites`: by name of the service, e.g. `http://127.0.0.1:4603`. `all`: origins of all teams. */
export function openAddresses(sites: ReadonlyMap<string, string>, all: readonly string[] = []): Addresses {
  const byOrigin = new Map([...sites].map(([service, origin]) => [origin, service]))
  const origins = [...byOrigin.keys()]
  const encodings = origins.map((origin) => escaped(encodeURIComponent(origin)))
  const plain = new RegExp(`(?:${origins.map(escaped).join('|')})(?!\\d)`, 'g')
  const encoded = new RegExp(`(?:${encodings.join('|')})(?!\\d)`, 'gi')
  const ports = new Set(all.map((origin) => new URL(origin).port).filter((port) => port !== ''))
  const outside = ([whole, one = '', two = '', name = '', port]: RegExpExecArray): string => {
    const origin = sites.get(name.toLowerCase())
    const known = origin !== undefined && (port === undefined || port === '80' || port === '443')
    return known ? origin.replace('//', one + two) : whole
  }
  const inside = ([origin]: RegExpExecArray) => `http://${byOrigin.get(origin)}`
  const insideEncoded = ([origin]: RegExpExecArray) =>
    encodeURIComponent(`http://${byOrigin.get(decodeURIComponent(origin))}`)
  return {
    outward: (text) => replaced(text, NAMED, outside),
    outwardInTurns: (text) => replacedInTurns(text, NAMED, outside),
    inward: (text) => replaced(replaced(text, plain, inside), encoded, insideEncoded),
    inwardInTurns: async (text) =>
      replacedInTurns(await replacedInTurns(text, plain, inside), encoded, insideEncoded),
    originOf: (service) => sites.get(service),
    origins,
    ofOthers(url) {
      if (!URL.canParse(url, 'http://here')) return false
      const { origin, port } = new URL(url, 'http://here')
      return !byOrigin.has(origin) && (all.includes(origin) || ports.has(port))
    },
  }
}
