import { unzipSync } from 'fflate'

/** A container of signed documents that people hand in is far smaller. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_ENTRIES = 200

/** Entries of a zip file that a service gave, base64. @throws when it would unpack to more than any honest one has. */
export function unzipped(container: string): Readonly<Record<string, Uint8Array>> {
  let bytes = 0
  let entries = 0
  return unzipSync(Buffer.from(container, 'base64'), {
    filter: ({ originalSize }) => {
      bytes += originalSize
      entries += 1
      if (bytes > MOST_BYTES || entries > MOST_ENTRIES)
        throw new Error(`the container unpacks to more than ${MOST_BYTES} bytes or ${MOST_ENTRIES} entries`)
      return true
    },
  })
}
