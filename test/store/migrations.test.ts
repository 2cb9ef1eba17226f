import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

it('has a migration for everything in the schema', async () => {
  const out = mkdtempSync(join(tmpdir(), 'kilp-migrations-'))
  try {
    cpSync(join(ROOT, 'server/store/migrations'), out, { recursive: true })
    const before = readdirSync(out)
    // drizzle-kit reads the folder as relative, whatever it is, and ends well even when it failed: what it says counts.
    const to = relative(ROOT, out)
    const generate = [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './server/store/schema.ts',
      '--out',
      to,
    ]
    const { stdout } = await promisify(execFile)(join(ROOT, 'node_modules/.bin/drizzle-kit'), generate, {
      cwd: ROOT,
    })
    expect(stdout).toContain('No schema changes')
    // A new file means: run `npx drizzle-kit generate` and commit what it writes.
    expect(readdirSync(out)).toEqual(before)
  } finally {
    rmSync(out, { recursive: true })
  }
}, 60_000)
