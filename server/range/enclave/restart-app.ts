import type { AppRestarted } from '../../engine/ports/sources.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'

/**
 * As a defender types it; then whether the process stays up: the same one runs the service's program at two looks, once it is no longer the script that begins it (which strips
 * types, or sets up roles of a database). Where it does not, the last it had to say. One that ends at once is begun anew each second: after the fourth it is known.
 */
const COMMAND = `sv -w 15 restart app
seen=
begun=0
before=none
for again in 1 2 3 4 5 6 7 8 9 10 11 12; do
  sleep 1
  up=$(sv status app)
  pid=$(echo "$up" | sed -n 's/^run: app: (pid \\([0-9]*\\)).*/\\1/p')
  [ "$pid" = "$seen" ] || begun=$((begun + 1))
  [ "$begun" -le 3 ] || break
  seen=$pid
  case $(tr '\\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null) in '' | *'sh ./run '* | */app-node*) pid= ;; esac
  [ "$pid" != "$before" ] || [ -z "$pid" ] || exit 0
  before=$pid
done
echo "$up"
tail -n 12 /var/log/app/current
exit 1`
const DEADLINE_MS = 35_000
const MOST_SAID = 4_000

/** Restarts a service's own process with its container's own means. Never rejects: null where no command can be run there. */
export async function restartAppIn(docker: ContainerEngine, container: string): Promise<AppRestarted | null> {
  const { exitCode, stdout, stderr, error } = await execIn(docker, {
    container,
    command: ['sh', '-c', COMMAND],
    user: 'root',
    deadlineMs: DEADLINE_MS,
    maxBytes: MOST_SAID,
  })
  if (error !== null) return null
  return { ok: exitCode === 0, said: `${stdout}${stderr}`.trim() }
}
