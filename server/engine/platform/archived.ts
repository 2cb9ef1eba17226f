import type { EventLog } from '../ports/ports.ts'

/** Records that were put aside: kept and open to be read, but out of the way. */
const KEY = 'archived-exercises'

export const readArchived = async (log: Pick<EventLog, 'getSetting'>): Promise<ReadonlySet<string>> =>
  new Set(((await log.getSetting(KEY)) ?? []) as readonly string[])

/** Puts a record aside, or back among the others. */
export async function putArchived(
  log: Pick<EventLog, 'getSetting' | 'putSetting'>,
  exerciseId: string,
  archived: boolean,
): Promise<void> {
  const known = new Set(await readArchived(log))
  if (archived) known.add(exerciseId)
  else known.delete(exerciseId)
  await log.putSetting(KEY, [...known])
}
