import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openStore } from '../../server/store/store.ts'
import { storeContract } from './contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'kilp-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

storeContract('PGlite', () => openStore({ dataDir: join(folder, 'data') }))
