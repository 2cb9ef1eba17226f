// strip.js FROM TO [FROM TO ...]: copies folders, turning each .ts file into .js with its types blanked out (line numbers hold).
// Only files whose content changed since the last time are done anew: a team that patches one waits for one.
// A file with a syntax error stops it with the file and line, so that a team sees its own mistake in the log.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

const specifier = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\.ts\2/g

const targetOf = (to, name) => join(to, name.replace(/\.ts$/, '.js'))

/** Hashes of the files that lie stripped in this folder, by name. */
function strippedIn(to) {
  try {
    return JSON.parse(readFileSync(join(to, '.sources.json'), 'utf8'))
  } catch {
    rmSync(to, { recursive: true, force: true })
    return {}
  }
}

function stripFile(source, content, target) {
  mkdirSync(dirname(target), { recursive: true })
  if (source.endsWith('.ts'))
    writeFileSync(target, stripTypeScriptTypes(content.toString()).replace(specifier, '$1$2$3.js$2'))
  else writeFileSync(target, content)
}

function strip(from, to) {
  const before = strippedIn(to)
  const now = {}
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const source = join(entry.parentPath, entry.name)
    const name = source.slice(from.length + 1)
    const content = readFileSync(source)
    const hash = createHash('sha256').update(content).digest('base64')
    try {
      if (before[name] !== hash) stripFile(source, content, targetOf(to, name))
      now[name] = hash
    } catch (error) {
      console.error(`${source}: ${error.message}`)
      process.exitCode = 1
    }
  }
  for (const name of Object.keys(before)) if (!now[name]) rmSync(targetOf(to, name), { force: true })
  mkdirSync(to, { recursive: true })
  writeFileSync(join(to, '.sources.json'), JSON.stringify(now))
}

for (let i = 2; i + 1 < process.argv.length; i += 2) strip(process.argv[i], process.argv[i + 1])
