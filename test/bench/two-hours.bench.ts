import { dataFolder, startKilp, until } from '../platform/kilp-process.ts'
import { cpuSeconds, loadOf, MiBOf, secondsOf } from './enclave-load.ts'

const SPEED = 8
const LOOK_MS = 15_000
const SCENARIO = 'scenarios/locked-meremaa'

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/**
 * One full enclave under the whole two-hour scenario, every weakness planted, played by the machine. Exercise time passes eight times as fast, with as
 * many checks, attacks and visits; so CPU is given for each second of exercise time.
 */
export async function bench() {
  const data = dataFolder()
  const kilp = await startKilp(data.folder, [
    '--scenario',
    SCENARIO,
    '--teams',
    '1',
    '--speed',
    String(SPEED),
  ])
  const ended = async () => (await kilp.exercise()).phase === 'ended'
  try {
    await until('running', 300_000, async () => (await kilp.exercise()).phase === 'running')
    const { id } = await kilp.exercise()
    const first = await loadOf(id)
    const since = { platform: cpuSeconds(kilp.pid), exerciseMs: (await kilp.exercise()).clock.exerciseMs }
    const memory = [MiBOf(first)]
    let last = first
    await until('the end', (2 * 3_600_000) / SPEED + 120_000, async () => {
      if (await ended()) return true
      last = await loadOf(id)
      memory.push(MiBOf(last))
      await new Promise((wake) => setTimeout(wake, LOOK_MS))
      return false
    })
    const { clock, teams } = await kilp.exercise()
    const seconds = (clock.exerciseMs - since.exerciseMs) / 1000
    const spent = (probes: boolean) => (secondsOf(last, probes) - secondsOf(first, probes)) / seconds
    const platform = (cpuSeconds(kilp.pid) - since.platform) / seconds
    return {
      name: `A full enclave (${last.length - 1} services) under the two-hour scenario`,
      rows: [
        { what: 'memory of the enclave, median', value: median(memory), unit: 'MiB' },
        { what: 'memory of the enclave, most', value: Math.max(...memory), unit: 'MiB' },
        {
          what: 'platform and probe, share of one core',
          value: (platform + spent(true)) * 100,
          unit: '%',
        },
        { what: 'services, share of one core', value: spent(false) * 100, unit: '%' },
        { what: 'exercise time that was played', value: seconds / 60, unit: 'min' },
        {
          what: 'points of the pilot',
          value: teams[0]?.score.total ?? 0,
          unit: '',
          against: `${Math.round(teams[0]?.score.possible ?? 0)} possible`,
          ratio: (teams[0]?.score.total ?? 0) / (teams[0]?.score.possible || 1),
        },
      ],
    }
  } finally {
    await kilp.end('SIGTERM')
    data.remove()
  }
}
