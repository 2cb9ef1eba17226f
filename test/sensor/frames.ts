import type { Flags } from '../../infra/sensor/src/packet.ts'

export interface Sent {
  readonly from: string
  readonly to: string
  readonly seq?: number
  readonly flags?: Partial<Flags>
  readonly data?: Uint8Array | string
  /** How much of the frame was kept. */
  readonly kept?: number
}

const bytesOf = (data: Uint8Array | string = '') =>
  typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data)
const end = (text: string) => {
  const [address = '', port = ''] = text.split(':')
  return { address: Buffer.from(address.split('.').map(Number)), port: Number(port) }
}

/** An Ethernet frame with a TCP packet; `from` and `to` are `address:port`. */
export function tcp({ from, to, seq = 0, flags = { ack: true }, data, kept }: Sent): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt32BE(seq >>> 0, 4)
  head[12] = 5 << 4
  head[13] = [flags.fin, flags.syn, flags.rst, false, flags.ack].reduce(
    (bits, on, n) => bits | (on ? 1 << n : 0),
    0,
  )
  return frame(6, from, to, head, bytesOf(data)).subarray(0, kept)
}

export const udp = (from: string, to: string, data: string): Buffer =>
  frame(17, from, to, Buffer.alloc(8), bytesOf(data))

function frame(proto: number, from: string, to: string, head: Buffer, data: Buffer): Buffer {
  head.writeUInt16BE(end(from).port, 0)
  head.writeUInt16BE(end(to).port, 2)
  const ethernet = Buffer.alloc(14)
  ethernet.writeUInt16BE(0x0800, 12)
  const ip = Buffer.alloc(20)
  ip[0] = 0x45
  ip.writeUInt16BE(20 + head.length + data.length, 2)
  ip[9] = proto
  end(from).address.copy(ip, 12)
  end(to).address.copy(ip, 16)
  return Buffer.concat([ethernet, ip, head, data])
}

/** A recording of frames, each at its time in ms. */
export function pcap(frames: readonly (readonly [number, Buffer])[]): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(0xa1b2c3d4, 0)
  head.writeUInt32LE(1, 20)
  return Buffer.concat([
    head,
    ...frames.flatMap(([atMs, bytes]) => {
      const about = Buffer.alloc(16)
      about.writeUInt32LE(Math.floor(atMs / 1_000), 0)
      about.writeUInt32LE((atMs % 1_000) * 1_000, 4)
      about.writeUInt32LE(bytes.length, 8)
      about.writeUInt32LE(bytes.length, 12)
      return [about, bytes]
    }),
  ])
}
