import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** What a file imports, for its value or its type only: files of the house by their path from the top, everything else as it is written. */
export type Imports = ReadonlyMap<string, readonly string[]>

const IMPORT = /(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** Specifiers in a source text. */
export const importsIn = (source: string): readonly string[] =>
  [...source.replaceAll(COMMENT, '').matchAll(IMPORT)].flatMap((match) => match[2] ?? [])

/** All TypeScript files under some folders, and what each imports. */
export function readImports(folders: readonly string[]): Imports {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)node_modules\//.test(name))
      .map((name) => join(folder, name)),
  )
  return new Map(
    files.map((file) => [file, importsIn(readFileSync(join(ROOT, file), 'utf8')).map(placeOf(file))]),
  )
}

const placeOf = (file: string) => (specifier: string) => {
  if (specifier.startsWith('#exercise/')) return specifier.replace('#exercise/', 'server/exercise/')
  return specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier
}

/** Files that import each other in a circle, one circle for each way back, from the file that was met first. */
export function circles(imports: Imports): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) found.push([...trail.slice(start), file])
    if (start >= 0 || done.has(file)) return
    for (const next of imports.get(file) ?? []) if (imports.has(next)) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}
