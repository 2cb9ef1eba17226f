import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import type { ContainerOptions } from '../engine-api/docker.ts'
import { containerName, LABEL_HELPER, LABEL_SERVICE, LABEL_TEAM, ownedBy, SENSOR } from '../labels.ts'
import { reason } from '../log.ts'
import type { ContainerPlan, DeployPlan, NetworkPlan } from './deploy-plan.ts'
import { createContainer, startContainer } from './execute.ts'
import { labelsOf, type Owner } from './networks.ts'
import { standingPlan } from './standing.ts'

const EAR = 'ear'
const MEMORY = 48 * 1024 * 1024
const SNAP_LENGTH = 2_048
/** What the kernel keeps for it until it has written, KiB. */
const BUFFER_KIB = 1_024
/** How often it says how many frames there was no room for. */
const COUNTS_EVERY_S = 10
/** Where it shares memory with the sensor, see infra/sensor. */
const EARS = '/dev/shm/ears'

/**
 * One recorder for each bridge. Once one of them ends, all do, and the engine starts them again. Where the sensor has put something else in place of a pipe, or a link to
 * something else, nothing is written there: no file may grow, wherever it is.
 */
const LISTEN = `
set -u
ulimit -f 0
pids=()
collector=$1
shift
while [ $# -gt 0 ]; do
  tcpdump -n -U -s ${SNAP_LENGTH} -B ${BUFFER_KIB} -i "$2" -w - "ip and (tcp or udp) and not (dst host $collector and udp dst port 514)" >"${EARS}/$1" 2>"${EARS}/$1.said" &
  pids+=($!)
  shift 2
done
while sleep ${COUNTS_EVERY_S}; do
  for p in "\${pids[@]}"; do kill -USR1 "$p" || exit; done
done
`

/**
 * Options of the container that listens on the bridges of an enclave, on the engine's machine and outside of what a team can reach. It may open raw sockets and then gives up
 * being root, and with it every right. It writes frames as they are into pipes in the memory that it shares with the sensor: nothing here looks at them.
 */
export function earOptions(
  owner: Owner,
  sensor: ContainerPlan,
  image: string,
  networks: readonly NetworkPlan[],
): ContainerOptions {
  const { team, env } = sensor
  const bridges = networks
    .filter((network) => network.team === team)
    .flatMap(({ kind, bridge }) => [kind, bridge])
  return {
    name: earName(owner.exerciseId, team),
    Image: image,
    User: 'root',
    Cmd: ['bash', '-c', LISTEN, EAR, env.KILP_COLLECTOR_ADDRESS ?? '', ...bridges],
    Labels: { ...labelsOf(owner, team), [LABEL_HELPER]: EAR },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: 'host',
      IpcMode: `container:${sensor.name}`,
      CapDrop: ['ALL'],
      CapAdd: ['NET_RAW', 'SETGID', 'SETUID', 'KILL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Memory: MEMORY,
      MemorySwap: MEMORY,
      NanoCpus: 250_000_000,
      PidsLimit: 16,
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'unless-stopped' },
    },
  }
}

const earName = (exerciseId: string, team: string) => `${containerName(exerciseId, team, SENSOR)}-${EAR}`

/** Starts a sensor that was planned, and its ear. */
export async function startSensor(core: RangeCore, sensor: ContainerPlan, plan: DeployPlan): Promise<void> {
  await createContainer(core.docker, sensor)
  await startContainer(core.docker, sensor.name)
  await startEar(core, sensor, sensor.image, plan)
}

async function startEar(
  core: RangeCore,
  sensor: ContainerPlan,
  image: string,
  plan: DeployPlan,
): Promise<void> {
  const ear = await core.docker.createContainer(earOptions(core, sensor, image, plan.networks))
  await ear.start()
}

/**
 * Takes over the sensors of enclaves that stand: they listen on without a platform. Where the engine has stopped one, or an ear is gone, it listens again. Enclaves that an earlier
 * Kilp deployed have none.
 */
export async function adoptSensors(core: RangeCore): Promise<void> {
  const { docker, exerciseId } = core
  const standing = await docker.listContainers({ all: true, filters: { label: [ownedBy(exerciseId)] } })
  const of = (label: string, value: string) => standing.filter(({ Labels }) => Labels[label] === value)
  const sensors = of(LABEL_SERVICE, SENSOR)
  const ears = of(LABEL_HELPER, EAR)
  const earOf = (team: string | undefined) => ears.find(({ Labels }) => Labels[LABEL_TEAM] === team)
  const deaf = sensors.filter(
    ({ State, Labels }) => State !== 'running' || earOf(Labels[LABEL_TEAM])?.State !== 'running',
  )
  if (deaf.length === 0) return
  const plan = await standingPlan(core)
  await bounded(deaf, 4, async ({ Id, ImageID, State, Labels }) => {
    const team = Labels[LABEL_TEAM]
    const sensor = plan.containers.find((one) => one.team === team && one.service === SENSOR)
    if (!sensor) return
    try {
      if (State !== 'running') await docker.getContainer(Id).start()
      const ear = earOf(team)
      if (ear) await docker.getContainer(ear.Id).remove({ force: true, v: true })
      await startEar(core, sensor, ImageID, plan)
    } catch (error) {
      core.log.warn({ team }, `sensor: ${reason(error)}`)
    }
  })
}
