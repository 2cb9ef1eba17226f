import { createTwoFilesPatch } from 'diff'
import { MOST_BYTES, MOST_FILES } from '../engine-api/folder.ts'

/** What is told of it at most, in characters. */
const MOST_TOLD = 256 * 1024
/** Comparing two files takes no longer than this, and all of them together no longer than that, in ms; what is too different is said to be so. */
const COMPARE_MS = 100
const COMPARE_ALL_MS = 300

/** `large`: too large to be compared. */
type Content = Uint8Array | 'large' | null

/** A file that is another now. */
export interface Differing {
  readonly path: string
  /** Undefined: it was not there. Null: no regular file, or more of it than is read. */
  readonly from: Content | undefined
  readonly to: Content | undefined
}

/** What the files have otherwise, one after the other, cut where it gets long. `cut`: there is more than was read. */
export function compared(
  files: readonly Differing[],
  cut: boolean,
  now: () => number = () => performance.now(),
): string {
  const untilMs = now() + COMPARE_ALL_MS
  let told = cut
    ? `# There is more than ${MOST_BYTES / 2 ** 20} MiB or ${MOST_FILES} files: not all was read.\n`
    : ''
  for (const file of files) {
    told += `${differenceOf(file, Math.min(COMPARE_MS, untilMs - now()))}\n`
    if (told.length > MOST_TOLD) return `${told.slice(0, MOST_TOLD)}\n# There is more: it is cut here.\n`
  }
  return told
}

function differenceOf({ path, ...file }: Differing, withinMs: number): string {
  if (file.from === 'large' || file.to === 'large')
    return `# ${path} is another, and too large to be compared.`
  const from = file.from && textOf(file.from)
  const to = file.to && textOf(file.to)
  if (from === null || to === null) return `# ${path} is another, and no text that could be compared.`
  if (withinMs <= 0) return `# ${path} is another: there was no time to compare it.`
  const patch = createTwoFilesPatch(
    from === undefined ? '/dev/null' : `a/${path}`,
    to === undefined ? '/dev/null' : `b/${path}`,
    from ?? '',
    to ?? '',
    undefined,
    undefined,
    { context: 3, timeout: withinMs },
  )
  return patch ?? `# ${path} is too different to be compared.`
}

/** Null where it is no text. */
const textOf = (content: Uint8Array): string | null =>
  content.includes(0) ? null : Buffer.from(content).toString('utf8')
