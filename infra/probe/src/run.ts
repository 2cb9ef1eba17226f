import type { Exec } from './act.ts'
import type { Place } from './app.ts'
import { openCourse, type RunRequest } from './course.ts'
import { evidenceOfReply, masked } from './evidence.ts'
import { judge } from './judge.ts'
import { type Failed, lull, part } from './parts.ts'
import type { Answer, Evidence } from './steps.ts'
import { toldBefore } from './trail.ts'

/**
 * Runs a script to its end or first failing step. `ms` of the answer is the time that services took to answer, without waits, commands of the
 * platform and setup. Never rejects.
 */
export async function runScript(
  request: RunRequest,
  place: Place,
  exec: Exec,
  signal: AbortSignal,
): Promise<Answer> {
  const course = openCourse(request, place, exec, signal)
  const { script, vars } = request
  const answer = (
    outcome: Answer['outcome'],
    verdict: Answer['verdict'],
    evidence: Evidence | null,
    refused: Answer['refused'] = null,
  ): Answer => ({
    outcome,
    verdict,
    ms: Math.round(course.servedMs * 10) / 10,
    evidence: evidence && masked(evidence, vars),
    remember: Object.fromEntries(course.remember),
    refused,
  })
  const fault = ({ evidence }: Failed) => answer('fault', 'unknown', evidence)
  try {
    const unprepared = await part(script.setup ?? [], 'setup', course, script)
    if (unprepared?.kind === 'fault') return fault(unprepared)
    // Nothing was there to be attacked: whatever the service said, it did not do its work.
    if (unprepared) return answer('fail', 'down', unprepared.evidence, script.witness ? false : null)
    const pauseMs = script.setup?.length ? (request.pauseMs ?? 0) : 0
    const stopped = pauseMs > 0 ? await part([lull(pauseMs)], 'pause', course, { deadlineMs: pauseMs }) : null
    if (stopped) return fault(stopped)
    course.servedMs = 0
    course.slow = null
    if (script.witness) {
      const judged = await judge(script.witness, course, request)
      if (judged.kind === 'fault') return fault(judged.failed)
      if (judged.kind !== 'landed')
        return answer('fail', judged.verdict, judged.evidence, judged.kind === 'refused')
    } else {
      const failed = await part(script.steps, 'steps', course, script)
      if (failed?.kind === 'fault') return fault(failed)
      if (failed) return answer('fail', failed.kind, failed.evidence)
    }
    const limit = script.slowAfterMs
    const late =
      course.slow ??
      (course.servedMs > limit ? `${Math.round(course.servedMs)} ms in all, limit ${limit} ms` : undefined)
    const { last } = course
    const evidence = last && evidenceOfReply(last.path, last.step, last.reply, late)
    const before = script.witness ? toldBefore(course) : []
    return answer(
      'pass',
      late ? 'slow' : 'up',
      evidence && before.length > 0 ? { ...evidence, before } : evidence,
    )
  } finally {
    course.close()
  }
}
