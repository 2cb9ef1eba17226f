import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, vi } from 'vitest'
import { openStore } from '../../server/store/store.ts'
import { storeContract } from './contract.ts'

// The first start of a database takes seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'kilp-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

storeContract('PGlite', () => openStore({ dataDir: join(folder, 'data') }))
