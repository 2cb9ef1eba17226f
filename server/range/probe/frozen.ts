import type { RunResult } from '../../engine/ports/ports.ts'
import type { Script, Step } from '../../engine/ports/script.ts'
import { containerName } from '../labels.ts'
import { runOwn } from './own-shell.ts'
import { type RunContext, type RunOptions, runScript } from './run.ts'

const STEP_MS = 1_500
/** Should we be gone by then, it goes on by itself. */
const AT_MOST_S = 30

/** Stops all that runs there but the first process and the shell that says so. */
const FREEZE = `own="1 $$ $PPID"
others=
for found in /proc/[0-9]*; do
  pid=\${found#/proc/}
  case " $own " in *" $pid "*) ;; *) others="$others $pid" ;; esac
done
kill -STOP $others
(sleep ${AT_MOST_S}; kill -CONT $others) > /dev/null 2>&1 &`
const THAW = `for found in /proc/[0-9]*; do kill -CONT "\${found#/proc/}"; done 2> /dev/null; true`

const short = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({
    ...step,
    deadlineMs: Math.min(step.deadlineMs, STEP_MS),
    ...('repeat' in step && { repeat: { ...step.repeat, steps: short(step.repeat.steps) } }),
  }))

/**
 * An exploit against a service that stands still from the moment at which all is set: nothing is mended, and nobody is answered. What a team gets for that is
 * for the proof matrix to see. The service goes on afterwards. Never rejects.
 */
export async function runFrozen(
  context: RunContext,
  script: Script,
  service: string,
  options: RunOptions,
): Promise<RunResult> {
  const freeze: Step = {
    name: 'The service stands still',
    exec: { service, command: ['sh', '-c', FREEZE], env: {}, user: 'root' },
    deadlineMs: 10_000,
  }
  const steps = [freeze, ...short(script.steps)]
  const frozen = { ...script, steps, ...(script.witness && { witness: short(script.witness) }) }
  const result = await runScript(context, frozen, {}, options)
  await runOwn(context.docker, await context.busybox(), {
    container: containerName(context.exerciseId, context.team, service),
    command: ['sh', '-c', THAW],
    env: {},
    user: 'root',
    deadlineMs: 10_000,
    maxBytes: 1_000,
  })
  return result
}
