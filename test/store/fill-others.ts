import { randomBytes } from 'node:crypto'
import { appendFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fact } from '../../server/exercise/decide/decision.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openStore } from '../../server/store/store.ts'

/**
 * Started in a container whose data folder is on a small disk: opens the store, then somebody else takes all that is left of the disk, to the last byte. Appends until that
 * fails, frees the disk, and prints as JSON how many events went in after it was full, how many are kept, and whether the reserve was put by again. With `without` as second
 * argument, nothing is put by.
 */
const dataDir = process.argv[2] ?? ''
const reserve = join(dataDir, 'reserve')
const filler = join(dirname(dataDir), 'filler')

const fill = () => {
  for (let size = 1 << 20; size >= 1; size >>= 1)
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size))
    } catch {
      // Smaller pieces, to the last byte.
    }
}
const store = await openStore({ dataDir })
await store.append('ex-1', 0, [fact('note.added', 0, { text: 'first', by: PLATFORM })], 1)
if (process.argv[3] === 'without') rmSync(reserve, { recursive: true })
fill()
let position = 1
let code: unknown = null
for (; code === null; position += 1) {
  const note = fact('note.added', 0, { text: randomBytes(20_000).toString('hex'), by: PLATFORM })
  await store.append('ex-1', position, [note], 1).catch((error: { code?: unknown }) => {
    code = error.code ?? String(error)
  })
}
const acknowledged = position - 2
const kept = (await store.lastPosition('ex-1')) - 1
rmSync(filler)
await store.freeBytes()
fill()
await store.append('ex-1', kept + 1, [fact('note.added', 0, { text: 'on', by: PLATFORM })], 1)
process.stdout.write(
  `${JSON.stringify({ acknowledged, code, kept, after: (await store.lastPosition('ex-1')) - 1 })}\n`,
)
await store.close().catch(() => {})
