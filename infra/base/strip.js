// strip.js FROM TO [FROM TO ...]: copies folders, turning each .ts file into .js with its types blanked out (line numbers hold).
// A file with a syntax error stops it with the file and line, so that a team sees its own mistake in the log.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

const specifier = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\.ts\2/g

function strip(from, to) {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    if (entry.isDirectory()) strip(source, join(to, entry.name))
    else if (!entry.name.endsWith('.ts')) copyFileSync(source, join(to, entry.name))
    else {
      try {
        const text = stripTypeScriptTypes(readFileSync(source, 'utf8')).replace(specifier, '$1$2$3.js$2')
        writeFileSync(join(to, entry.name.replace(/\.ts$/, '.js')), text)
      } catch (error) {
        console.error(`${source}: ${error.message}`)
        process.exitCode = 1
      }
    }
  }
}

for (let i = 2; i + 1 < process.argv.length; i += 2) {
  rmSync(process.argv[i + 1], { recursive: true, force: true })
  strip(process.argv[i], process.argv[i + 1])
}
