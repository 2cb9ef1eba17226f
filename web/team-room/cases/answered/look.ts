import type { Evidence } from '#exercise/scenario/model.ts'
import { sourcesApi } from '../../../editor/sources-api.ts'
import { inWorker } from '../../../kit/in-worker.ts'
import type { SourcePlace } from './answered-by.ts'

const DEADLINE_MS = 5_000

/** Reads the sources, and finds in a worker where evidence is answered; none where they can not be had, or it takes too long. */
export async function look(
  token: string | null,
  team: string,
  service: string,
  evidence: Evidence,
): Promise<readonly SourcePlace[]> {
  const reply = await sourcesApi({ token, name: null, team, service }).texts()
  if (!reply.ok) return []
  const worker = new Worker(new URL('./answered.worker.ts', import.meta.url), { type: 'module' })
  const message = { evidence, service, texts: reply.texts }
  return (await inWorker<readonly SourcePlace[]>(worker, message, DEADLINE_MS)) ?? []
}
