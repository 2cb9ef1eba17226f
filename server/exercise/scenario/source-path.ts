/** Longest path of a source below the sources, and largest text that is read and saved. */
export const SOURCE_PATH_LENGTH = 200
export const SOURCE_BYTES = 256 * 1024
/** Characters of all texts of a service that are given at once: several times what any service has. */
export const ALL_SOURCES = 2 * 1024 * 1024

/** A part of a path: nothing that leads up, hides itself or wants quoting. */
const PART = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
const MOST_PARTS = 8

/** Whether a path, below the sources of a service, may be read and written: relative, in plain letters, and never upwards. */
export function isSourcePath(path: string): boolean {
  if (path.length > SOURCE_PATH_LENGTH) return false
  const parts = path.split('/')
  return parts.length <= MOST_PARTS && parts.every((part) => PART.test(part))
}

/** The folders that a path goes through, outermost first. */
export const foldersOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'))
