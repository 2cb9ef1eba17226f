import { join } from 'node:path'
import pino from 'pino'
import { SPEEDS } from '../exercise/decide/decide-lifecycle.ts'
import { publicExercise } from '../exercise/views/public-exercise.ts'
import { type Platform, startPlatform } from '../main.ts'
import { loadScenario } from '../scenario/load.ts'
import { openProgress, reportLine } from './console-report.ts'
import { removeRuntimeFile, writeRuntimeFile } from './runtime-file.ts'
import { packFolders, ROOT, readSettings, scenarioFolder } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { UserError } from './user-error.ts'

export interface UpOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly port?: string
  readonly speed: string
  readonly teams?: string
  readonly autostart: boolean
  readonly fresh?: boolean
}

const between = (text: string, name: string, least: number, most: number): number => {
  const number = Number(text)
  if (text.trim() === '' || !(number >= least && number <= most))
    throw new UserError(`--${name} takes a number from ${least} to ${most}, not "${text}"`)
  return number
}

/** `kilp up`, which `npm start` runs. stdout carries only the one line `Kilp ready http://HOST:PORT`; all else goes to stderr. */
export async function runUp(options: UpOptions): Promise<void> {
  const settings = readSettings(process.env, options.port)
  const speed = between(options.speed, 'speed', SPEEDS.least, SPEEDS.most)
  const teams = options.teams === undefined ? undefined : between(options.teams, 'teams', 1, 24)
  const loaded = await loadScenario(scenarioFolder(options.scenario), {
    packs: packFolders(options.pack),
    ...(teams !== undefined && { teams }),
  })
  const progress = openProgress(process.stderr)
  const log = pino({ level: process.env.KILP_LOG ?? 'warn' }, pino.destination(2))
  let ending: string | null = null
  const platform = await startPlatform({
    host: settings.host,
    port: settings.port,
    dataDir: settings.dataDir,
    store: storeOptions(settings),
    infra: join(ROOT, 'infra'),
    web: join(ROOT, '.kilp/web'),
    pool: settings.pool,
    loaded,
    speed,
    autostart: options.autostart,
    fresh: options.fresh ?? false,
    log,
    tell: {
      line: (text) => progress.line(text),
      progress: ({ team, done, total, what }) => progress.tell(team, done, total, what),
      event: (event, engine) => {
        const line = reportLine(event, engine.state().scenario)
        if (line) progress.line(line)
        if (event.type === 'exercise.ended' && ending === null) sayOutcome(engine, progress.line)
      },
    },
  })
  const { engine, live, url } = platform
  const seats = live.seatLinks()
  const white = seats.find((seat) => seat.seat === 'white')
  writeRuntimeFile(settings.dataDir, {
    url,
    exerciseId: engine.exerciseId,
    whiteToken: white?.token ?? '',
  })
  const leave = async (signal: string) => {
    if (ending) process.exit(130)
    ending = signal
    progress.line(
      engine.state().phase === 'ended'
        ? 'Stopping and removing the enclaves ...'
        : 'Stopping. The enclaves stay: `npm start` goes on from here, `npm run down` removes them.',
    )
    await close(platform, settings.dataDir)
    process.exit(0)
  }
  process.on('SIGINT', () => void leave('SIGINT'))
  process.on('SIGTERM', () => void leave('SIGTERM'))

  process.stdout.write(`Kilp ready ${url}\n`)
  for (const seat of seats)
    progress.line(`  ${`${seat.seat}${seat.team ? ` ${seat.team}` : ''}`.padEnd(12)} ${seat.url}`)
  progress.line('')
  try {
    await platform.deployed
  } catch (error) {
    await close(platform, settings.dataDir)
    // Stopped while it deployed: the next start deploys anew.
    if (ending) return
    throw error
  }
}

async function close(platform: Platform, dataDir: string): Promise<void> {
  removeRuntimeFile(dataDir)
  await platform.close()
}

function sayOutcome(engine: Platform['engine'], line: (text: string) => void): void {
  const { teams } = publicExercise(engine.state(), engine.atMs())
  for (const team of [...teams].sort((a, b) => b.score.total - a.score.total))
    line(
      `  ${team.name.padEnd(12)} ${Math.round(team.score.total).toString().padStart(6)} of ${Math.round(team.score.possible)}  ${Object.entries(
        team.score.categories,
      )
        .map(([name, c]) => `${name} ${Math.round(c.points)}/${Math.round(c.possible)}`)
        .join('  ')}`,
    )
  line('Why: open the scoreboard. Ctrl-C stops and removes the enclaves.')
}
