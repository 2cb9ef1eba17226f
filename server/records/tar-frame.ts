import { pack } from 'tar-stream'

/** A tar is made of blocks; an entry's content is filled up to the next one. */
export const BLOCK = 512
/** What ends a tar: two blocks of zeros. */
export const END_BYTES = 2 * BLOCK

export const paddingOf = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK

/**
 * What stands in a tar before an entry's content: one block, more where a name needs it. The same for the same name and size, always: so every byte of an export can be foretold
 * from its manifest.
 */
export async function headerOf(name: string, bytes: number): Promise<Buffer> {
  const packed = pack()
  const quiet = () => undefined
  packed.on('error', quiet)
  const entry = packed.entry({
    name,
    size: bytes,
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: new Date(0),
  })
  entry.on('error', quiet)
  await new Promise<void>((resolve) => packed.once('readable', () => resolve()))
  const chunks: Buffer[] = []
  for (let chunk = packed.read(); chunk; chunk = packed.read()) chunks.push(chunk as Buffer)
  packed.destroy()
  return Buffer.concat(chunks)
}

/** The size that a header names, or null where it names none. */
export function sizeIn(header: Buffer): number | null {
  const text = header.toString('latin1', 124, 136).replace(/[\0 ]+$/, '')
  return /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : null
}
