import { u8, u16, u32 } from './bytes.ts'

export interface End {
  readonly address: string
  readonly port: number
}

/** A TCP or UDP packet. */
export interface Packet {
  readonly proto: 'tcp' | 'udp'
  readonly from: End
  readonly to: End
  /** Bytes that it carries, after all headers, as these say. */
  readonly bytes: number
  /** What was kept of them. */
  readonly data: Uint8Array
  /** Of TCP only. */
  readonly seq: number
  readonly flags: Flags
}

export interface Flags {
  readonly syn: boolean
  readonly ack: boolean
  readonly fin: boolean
  readonly rst: boolean
}

const ETHERNET_HEADER = 14
const IPV4 = 0x0800
const TCP = 6
const UDP = 17
const NO_FLAGS: Flags = { syn: false, ack: false, fin: false, rst: false }

/** Reads an Ethernet frame, of which only the first bytes may be there. Null: neither TCP nor UDP over IPv4, a later fragment, or headers that make no sense. */
export function readPacket(frame: Uint8Array): Packet | null {
  if (u16(frame, 12) !== IPV4) return null
  const ip = frame.subarray(ETHERNET_HEADER)
  const first = u8(ip, 0)
  const total = u16(ip, 2)
  const fragment = u16(ip, 6)
  if (first === null || total === null || fragment === null) return null
  const headerLength = (first & 15) * 4
  if (first >> 4 !== 4 || headerLength < 20 || (fragment & 0x1fff) !== 0 || total < headerLength) return null
  const inside = ip.subarray(headerLength, total)
  const length = total - headerLength
  const proto = u8(ip, 9)
  const [from, to] = [u16(inside, 0), u16(inside, 2)]
  if (from === null || to === null) return null
  const ends = {
    from: { address: addressAt(ip, 12), port: from },
    to: { address: addressAt(ip, 16), port: to },
  }
  if (proto === UDP)
    return length < 8
      ? null
      : { proto: 'udp', ...ends, bytes: length - 8, data: inside.subarray(8), seq: 0, flags: NO_FLAGS }
  const seq = u32(inside, 4)
  const offset = u8(inside, 12)
  const bits = u8(inside, 13)
  if (proto !== TCP || seq === null || offset === null || bits === null) return null
  const start = (offset >> 4) * 4
  if (start < 20 || length < start) return null
  const has = (bit: number) => (bits & bit) !== 0
  return {
    proto: 'tcp',
    ...ends,
    bytes: length - start,
    data: inside.subarray(start),
    seq,
    flags: { fin: has(1), syn: has(2), rst: has(4), ack: has(16) },
  }
}

const addressAt = (ip: Uint8Array, at: number): string => ip.subarray(at, at + 4).join('.')
