/** Header of the whole, and of each frame. */
const FILE_HEADER = 24
const FRAME_HEADER = 16
const MAGIC = 0xa1b2c3d4
const ETHERNET = 1
/** More than this of a frame is not asked for, so that nothing longer comes. */
export const SNAP_LENGTH = 2_048

export type OnFrame = (frame: Uint8Array, atMs: number) => void

/**
 * Takes a recording as `tcpdump -w -` writes it (classic pcap, Ethernet, the machine's own order of bytes), piece by piece, and gives each frame. False once it is no such recording: then nothing more of it can be understood.
 */
export function readPcap(onFrame: OnFrame): (chunk: Uint8Array) => boolean {
  let rest: Uint8Array = new Uint8Array(0)
  let begun = false
  let broken = false
  return (chunk) => {
    if (broken) return false
    const bytes = rest.length > 0 ? joined(rest, chunk) : chunk
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let at = 0
    if (!begun && bytes.length >= FILE_HEADER) {
      broken = view.getUint32(0, true) !== MAGIC || (view.getUint32(20, true) & 0xffff) !== ETHERNET
      if (broken) return false
      begun = true
      at = FILE_HEADER
    }
    while (begun && bytes.length - at >= FRAME_HEADER) {
      const captured = view.getUint32(at + 8, true)
      if (captured > SNAP_LENGTH) {
        broken = true
        rest = new Uint8Array(0)
        return false
      }
      if (bytes.length - at - FRAME_HEADER < captured) break
      const start = at + FRAME_HEADER
      const atMs = view.getUint32(at, true) * 1_000 + Math.floor(view.getUint32(at + 4, true) / 1_000)
      onFrame(bytes.subarray(start, start + captured), atMs)
      at = start + captured
    }
    // A copy: what came is not kept alive by its last bytes.
    rest = bytes.slice(at)
    return true
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
