import { join } from 'node:path'
import type { StoreOptions } from '../store/store.ts'
import type { Settings } from './settings.ts'

/** PostgreSQL where DATABASE_URL says so, else the embedded database in a folder of the data folder. */
export const storeOptions = (settings: Settings): StoreOptions =>
  settings.databaseUrl ? { databaseUrl: settings.databaseUrl } : { dataDir: join(settings.dataDir, 'ledger') }
