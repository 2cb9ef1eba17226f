import type { Diagnostic } from '../../diagnostics/diagnostics.ts'
import type { Source } from '../../diagnostics/read.ts'
import type { ServiceFolder } from '../../service-files.ts'
import { checkMessages } from './messages.ts'
import { checkMoments } from './moments.ts'
import { type RawEntry, rawEntries } from './raw-entries.ts'
import { checkTriggerNames } from './trigger-names.ts'

/** Checks of the one list of entries, older lists among them. Works on the raw data, so that a wrong key somewhere hides no other error. */
export function checkTimeline(
  source: Source,
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const entries = rawEntries(source)
  checkIds(source, entries, report)
  checkTriggerNames(source, entries, services, report)
  checkMoments(source, entries, report)
  checkMessages(source, entries, services, report)
}

/** Whatever may be waited for has an id of its own in the whole timeline. Within one of the older lists, it is told elsewhere. */
function checkIds(source: Source, entries: readonly RawEntry[], report: Diagnostic[]): void {
  const seen = new Map<string, RawEntry>()
  for (const entry of entries) {
    const other = seen.get(entry.id)
    if (!other) seen.set(entry.id, entry)
    else if (!(other.list === entry.list && entry.list !== 'entries') && !onlyOlder(other, entry))
      report.push(
        source.problem([...entry.path, 'id'], {
          code: 'duplicate-id',
          message: `\`${entry.id}\` is there already`,
        }),
      )
  }
}

/** An attack and a note of the older lists might always have the same id. */
const onlyOlder = (one: RawEntry, other: RawEntry): boolean =>
  one.list !== 'entries' && other.list !== 'entries'
