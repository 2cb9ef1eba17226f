import { createReadStream, createWriteStream } from 'node:fs'
import { dump, restore } from '../store/dump.ts'
import { openStore } from '../store/store.ts'
import { readSettings } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { UserError } from './user-error.ts'

export async function runDump(file: string | undefined, options: { exercise?: string }): Promise<void> {
  const store = await openStore(storeOptions(readSettings(process.env)))
  try {
    const of = options.exercise
    if (of !== undefined && (await store.lastPosition(of)) === 0)
      throw new UserError(`There is no exercise ${of} in this store.`)
    await dump(store, file ? createWriteStream(file, { mode: 0o600 }) : process.stdout, of)
  } finally {
    await store.close()
  }
}

export async function runRestore(file: string | undefined): Promise<void> {
  const store = await openStore(storeOptions(readSettings(process.env)))
  try {
    await restore(store, file ? createReadStream(file) : process.stdin)
    process.stderr.write('Restored.\n')
  } finally {
    await store.close()
  }
}
