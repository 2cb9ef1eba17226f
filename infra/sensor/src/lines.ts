import type { Told } from './flows.ts'
import type { End } from './packet.ts'

/** Words by which lines of a kind are found. Nothing that is heard can hold one, see `shown`. */
const MARK = { flow: '[flow]', http: '[http]', tls: '[tls]' } as const

/** Names of services by address. */
export type Names = ReadonlyMap<string, string>

/** One line of the log: its kind, who spoke to whom, and `name=value` for the rest. */
export function lineOf(told: Told, names: Names): string {
  const who = `${MARK[told.kind]} from=${ended(told.client, names, 'client')} to=${ended(told.server, names, 'server')}`
  if (told.kind === 'tls') {
    const { hello, answer } = told
    return `${who} name=${hello.name || '-'} offers=${hello.offers} version=${answer ?? 'no-answer'}`
  }
  if (told.kind === 'http') {
    const { request, status, ms } = told
    return `${who} ${request.method} host=${request.host || '-'} path=${request.path} status=${status ?? 'no-answer'} ms=${Math.max(0, Math.round(ms))}`
  }
  const seconds = Math.max(0, told.lastMs - told.startMs) / 1_000
  return `${who} proto=${told.proto} state=${told.state.replaceAll(' ', '-')} start=${new Date(told.startMs).toISOString()} seconds=${seconds.toFixed(3)} sent=${told.sent} received=${told.received} packets=${told.packetsSent}/${told.packetsReceived}`
}

function ended({ address, port }: End, names: Names, side: 'client' | 'server'): string {
  const name = names.get(address)
  return `${address}:${port}${name === undefined ? '' : ` ${side}=${name}`}`
}
