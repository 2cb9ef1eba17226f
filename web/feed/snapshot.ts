import type { Folded } from '#exercise/wire/folded.ts'
import { unpackFolded } from '#exercise/wire/snapshot.ts'

declare const __FOLD_HASH__: string

/** Hash of the sources with which this page folds, put in when it is built. */
export const FOLD_HASH: string = __FOLD_HASH__

/** What the server has folded for this page's audience. socket.io hands binary over as an ArrayBuffer. */
export async function unpackSnapshot(body: Uint8Array | ArrayBuffer): Promise<Folded> {
  const stream = new Blob([new Uint8Array(body)]).stream().pipeThrough(new DecompressionStream('gzip'))
  return unpackFolded(await new Response(stream).text())
}
