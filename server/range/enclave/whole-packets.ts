const FILE_HEADER = 24
const PACKET_HEADER = 16
/** Of libpcap, written with microseconds by a little-endian machine. */
const MAGIC = 0xa1b2c3d4

/** What of a pcap file that was cut somewhere is whole packets. Null when it is none. */
export function wholePackets(file: Buffer): Buffer | null {
  if (file.length < FILE_HEADER || file.readUInt32LE(0) !== MAGIC) return null
  let end = FILE_HEADER
  while (end + PACKET_HEADER <= file.length) {
    const next = end + PACKET_HEADER + file.readUInt32LE(end + 8)
    if (next > file.length) break
    end = next
  }
  return file.subarray(0, end)
}
