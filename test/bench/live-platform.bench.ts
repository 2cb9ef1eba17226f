import { chromium } from 'playwright-core'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { dataFolder, type KilpProcess, startKilp, until } from '../platform/kilp-process.ts'
import { cpuSeconds, loadOf, MiBOf, secondsOf } from './enclave-load.ts'

const TEAMS = 3
/** No attack touches it, so that it is down only when it is stopped here. */
const STOPPED = 'xroad-jp'
const FAILURES = 30
/** Of exercise time: as many failures as fit into the demo's ten minutes. */
const LAST_FAILURE_MS = 570_000
const REST_MS = 30_000
const BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const quantile = (list: readonly number[], q: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(q * list.length) - 1)] ?? 0

/** Warm start, memory and CPU at rest, and from a failure to the change in a real browser's scoreboard. Three teams of the demo. */
export async function bench() {
  const data = dataFolder()
  const since = performance.now()
  const kilp = await startKilp(data.folder, ['--teams', String(TEAMS)])
  const readyMs = performance.now() - since
  try {
    await until('running', 300_000, async () => (await kilp.exercise()).phase === 'running')
    const upMs = performance.now() - since
    const rest = await atRest(kilp)
    const feed = await failures(kilp)
    return {
      name: `The demo's platform with ${TEAMS} teams`,
      rows: [
        { what: 'warm `npm start` to ready', value: readyMs / 1000, unit: 's' },
        {
          what: 'warm `npm start` to all enclaves up and the exercise running',
          value: upMs / 1000,
          unit: 's',
        },
        ...rest,
        ...feed,
      ],
    }
  } finally {
    const white = (await kilp.seats()).find((seat) => seat.seat === 'white')?.token ?? ''
    await kilp.command(white, 'end-exercise', { reason: 'bench' })
    await kilp.end('SIGTERM')
    data.remove()
  }
}

async function atRest(kilp: KilpProcess) {
  const { id } = await kilp.exercise()
  const before = { platform: cpuSeconds(kilp.pid), load: await loadOf(id), at: performance.now() }
  await new Promise((wake) => setTimeout(wake, REST_MS))
  const seconds = (performance.now() - before.at) / 1000
  const platform = (cpuSeconds(kilp.pid) - before.platform) / seconds
  const after = await loadOf(id)
  const spent = (probes: boolean) => (secondsOf(after, probes) - secondsOf(before.load, probes)) / seconds
  const MiB = MiBOf(after) / TEAMS
  return [
    { what: 'memory of one enclave, services and probe', value: MiB, unit: 'MiB' },
    {
      what: 'platform and probes, share of one core while checking every 5 s',
      value: (platform + spent(true)) * 100,
      unit: '%',
    },
    { what: 'services of all enclaves, share of one core', value: spent(false) * 100, unit: '%' },
  ]
}

/**
 * Stops and continues processes of one service and watches its cell on the scoreboard in a real browser. The failing check is taken from the
 * raw samples: the first look that saw it down.
 */
async function failures(kilp: KilpProcess) {
  const { docker } = await findEngine()
  const { id, teams } = await kilp.exercise()
  const white = (await kilp.seats()).find((seat) => seat.seat === 'white')?.token ?? ''
  const browser = await chromium.launch({
    ...(process.env.KILP_CHROMIUM
      ? { executablePath: process.env.KILP_CHROMIUM }
      : { executablePath: '/usr/bin/chromium' }),
    args: BROWSER,
  })
  const page = await browser.newPage()
  await page.goto(`${kilp.url}/#/scoreboard?lang=en`)
  await page.waitForSelector('table.matrix tbody tr')
  const team = teams[teams.length - 1]
  const column = team?.services.findIndex((service) => service.id === STOPPED) ?? 0
  const [container] = (
    await docker.listContainers({
      filters: { label: [`kilp=${id}`, `kilp.team=${team?.id}`, `kilp.service=${STOPPED}`] },
    })
  ).map(({ Id }) => docker.getContainer(Id))
  /** When the cell shows that the service is down, or that it is not; an attack on what it needs may leave it broken. */
  const seen = (wanted: 'down' | 'not down') =>
    page.evaluate(
      ({ name, column, wanted }) =>
        new Promise<number>((changed, never) => {
          const giveUpAt = Date.now() + 120_000
          const look = () => {
            // Rows are in rank order, which changes.
            const row = [...document.querySelectorAll('table.matrix tbody tr')].find((one) =>
              one.querySelector('th')?.textContent?.startsWith(name),
            )
            const cell = row?.querySelectorAll('td')[column]
            const shown = cell?.querySelector('.cell-down') ? 'down' : 'not down'
            if (cell && shown === wanted) changed(Date.now())
            else if (Date.now() > giveUpAt) never(new Error(`the cell did not turn ${wanted}`))
            else requestAnimationFrame(look)
          }
          look()
        }),
      { name: team?.name ?? '', column, wanted },
    )
  const total: number[] = []
  const afterCheck: number[] = []
  const timeLeft = async () => (await kilp.exercise()).clock.exerciseMs < LAST_FAILURE_MS
  while (total.length < FAILURES && (await timeLeft())) {
    await seen('not down')
    const down = seen('down')
    const failed = Date.now()
    await run(container, 'down')
    const shown = await down
    total.push(shown - failed)
    // Samples are stored in batches, once a second.
    await new Promise((wake) => setTimeout(wake, 2_500))
    const samples = (await (
      await fetch(`${kilp.url}/api/samples?team=${team?.id}&service=${STOPPED}&limit=100`, {
        headers: { authorization: `Bearer ${white}` },
      })
    ).json()) as { samples: { wall: number; journey: string; verdict: string }[] }
    const first = samples.samples
      .filter((s) => s.verdict === 'down' && s.wall >= failed && s.wall <= shown)
      .map((s) => s.wall)
      .sort((a, b) => a - b)[0]
    if (first) afterCheck.push(shown - first)
    await run(container, 'up')
  }
  await browser.close()
  if (process.env.KILP_BENCH_RAW) console.error({ total, afterCheck })
  return [
    {
      what: `failure to the change in a browser, median of ${total.length}`,
      value: quantile(total, 0.5) / 1000,
      unit: 's',
    },
    { what: 'failure to the change in a browser, p95', value: quantile(total, 0.95) / 1000, unit: 's' },
    {
      what: 'failing check to the change in a browser, median',
      value: quantile(afterCheck, 0.5) / 1000,
      unit: 's',
    },
    {
      what: 'failing check to the change in a browser, p95 (aim: under 1 s)',
      value: quantile(afterCheck, 0.95) / 1000,
      unit: 's',
    },
  ]
}

async function run(container: import('dockerode').Container | undefined, what: 'up' | 'down') {
  const exec = await container?.exec({ Cmd: ['sv', '-w', '15', what, 'app'], AttachStdout: true })
  const stream = await exec?.start({})
  stream?.resume()
  await new Promise((done) => stream?.on('end', done))
}
