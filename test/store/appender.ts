import { fact } from '../../server/exercise/decide/decision.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { StoreProblem } from '../../server/store/problem.ts'
import { openStore } from '../../server/store/store.ts'

/**
 * Started as a process of its own: appends to exercise `appended` until it is killed and sends each acknowledged position to
 * its parent. Exits with 3 when it can not open the store.
 */
const dataDir = process.argv[2] ?? ''
try {
  const store = await openStore({ dataDir })
  for (let position = await store.lastPosition('appended'); ; position += 1) {
    const event = fact('note.added', position, { text: 'x'.repeat(200), by: PLATFORM })
    const [recorded] = await store.append('appended', position, [event], position)
    process.send?.(recorded?.position)
  }
} catch (error) {
  if (!(error instanceof StoreProblem)) throw error
  process.exit(error.code === 'locked' ? 3 : 4)
}
