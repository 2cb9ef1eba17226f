import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { fact } from '../../server/exercise/decide/decision.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openStore, type Store } from '../../server/store/store.ts'

/**
 * Started in a container whose data folder is small, foreign or read-only: opens the store, appends until that fails, makes
 * room, opens again, and prints as JSON what it saw.
 */
const dataDir = process.argv[2] ?? ''
const filler = process.argv[3]
const said = (error: unknown) => ({
  name: error instanceof Error ? error.name : typeof error,
  code: error instanceof Error && 'code' in error ? error.code : null,
  message: error instanceof Error ? error.message : String(error),
})
const tell = (seen: object) => process.stdout.write(`${JSON.stringify(seen)}\n`)

async function appendUntilRefused(store: Store): Promise<{ acknowledged: number; error: unknown }> {
  for (let position = 0; ; position += 1) {
    const note = fact('note.added', 0, { text: randomBytes(20_000).toString('hex'), by: PLATFORM })
    try {
      await store.append('ex-1', position, [note], 1)
    } catch (error) {
      return { acknowledged: position, error }
    }
  }
}

let store: Store | null = null
try {
  if (filler) writeFileSync(filler, Buffer.alloc(30 << 20))
  store = await openStore({ dataDir })
} catch (error) {
  tell({ opening: said(error) })
}
if (store) {
  const { acknowledged, error } = await appendUntilRefused(store)

  const readable = await store.lastPosition('ex-1').catch(said)
  await store.close().catch((problem: unknown) => tell({ closing: said(problem) }))
  if (filler) rmSync(filler)
  const again = await openStore({ dataDir })
  const kept = await again.lastPosition('ex-1')
  await again.append('ex-1', kept, [fact('note.added', 0, { text: 'on', by: PLATFORM })], 1)
  tell({ acknowledged, refusing: said(error), readable, kept, after: await again.lastPosition('ex-1') })
  await again.close()
}
