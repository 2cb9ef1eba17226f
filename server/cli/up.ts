import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pino from 'pino'
import type { Engine } from '../engine/engine.ts'
import { type Platform, startPlatform } from '../main.ts'
import { loadScenario } from '../scenario/load.ts'
import { openProgress, outcomeLines, reportLine } from './console-report.ts'
import { removeRuntimeFile, writeRuntimeFile } from './runtime-file.ts'
import { seatsOf, seatTable } from './seats.ts'
import { ROOT, readSettings, scenarioShelf } from './settings.ts'
import { signInSettings } from './sign-in-settings.ts'
import { storeOptions } from './store-options.ts'
import { swarmSettings } from './swarm-settings.ts'
import { openTakeaway } from './takeaway.ts'
import { checkHome, nameOf, placeOf, speedOf, teamsOf, type UpOptions } from './up-options.ts'

/** `kilp up`, which `npm start` runs. stdout carries only the one line `Kilp ready http://HOST:PORT`; all else goes to stderr. */
export async function runUp(options: UpOptions): Promise<void> {
  const settings = readSettings(process.env, options.port, options.citizenPort, options.ssh)
  const signIn = signInSettings(process.env, settings.publicUrl)
  const speed = speedOf(options)
  const teams = teamsOf(options)
  const place = placeOf(options)
  const name = nameOf(options)
  checkHome(options)
  const wanted = options.home
    ? null
    : {
        loaded: await loadScenario(place.folder, {
          packs: place.packs,
          ...(teams !== undefined && { teams }),
        }),
        ...{ place, speed, name, autostart: options.autostart },
        fresh: options.fresh ?? false,
        insist: options.insist ?? false,
      }
  const progress = openProgress(process.stderr)
  const log = pino({ level: process.env.KILP_LOG ?? 'warn' }, pino.destination(2))
  for (const { group, team } of signIn?.groups ?? [])
    if (wanted && team !== null && !wanted.loaded.teams.some(({ id }) => id === team))
      progress.line(`Sign-in: the group ${group} has no seat in this exercise, which has no team ${team}.`)
  const operatorKey = randomBytes(32).toString('base64url')
  const dumpKey = randomBytes(32).toString('base64url')
  let ending: string | null = null
  let platform: Platform | null = null
  /** The current exercise is meant where none is named. */
  const mark = (engine: Engine) =>
    platform && engine.exerciseId !== platform.current?.engine.exerciseId ? `${engine.exerciseId} ` : ''
  const allOver = () =>
    (platform?.exercises.open() ?? []).every(({ engine }) => engine.state().phase === 'ended')
  const started = await startPlatform({
    host: settings.host,
    port: settings.port,
    ...(settings.publicUrl !== null && { publicUrl: settings.publicUrl }),
    ...(settings.citizen && { citizen: settings.citizen }),
    ...(signIn && { signIn }),
    ...(settings.sshPort !== null && {
      ssh: { port: settings.sshPort, keyFile: join(settings.dataDir, 'ssh-host-key') },
    }),
    dataDir: settings.dataDir,
    store: storeOptions(settings),
    openTakeaway,
    infra: join(ROOT, 'infra'),
    pool: settings.pool,
    teamDiskMiB: settings.teamDiskMiB,
    swarm: swarmSettings(process.env, settings.dataDir, options.swarm),
    web: join(ROOT, '.kilp/web'),
    wanted,
    shelf: () => scenarioShelf(place.folder).map((folder) => ({ folder, packs: place.packs })),
    operatorKey,
    dumpKey,
    log,
    tell: {
      line: (text) => progress.line(text),
      progress: ({ team, done, total, what }, engine) =>
        progress.tell(`${mark(engine)}${team}`, done, total, what),
      event: (event, engine) => {
        const line = reportLine(event, engine.state().scenario)
        if (line) progress.line(`${mark(engine)}${line}`)
        if (event.type === 'exercise.ended' && ending === null)
          for (const text of outcomeLines(engine.state(), engine.atMs(), allOver()))
            progress.line(`${mark(engine)}${text}`)
      },
    },
  })
  platform = started
  const { current, url } = started
  const running = writeRuntimeFile(settings.dataDir, { url, key: operatorKey, dumpKey })
  const seats = current && (await seatsOf(running, current.engine.exerciseId))
  const leave = async (signal: string) => {
    if (ending) process.exit(130)
    ending = signal
    progress.line(
      allOver()
        ? 'Stopping and removing the enclaves ...'
        : 'Stopping. The enclaves stay: `npm start` goes on from here, `npm run down` removes them.',
    )
    await close(started, settings.dataDir)
    process.exit(0)
  }
  process.on('SIGINT', () => void leave('SIGINT'))
  process.on('SIGTERM', () => void leave('SIGTERM'))

  process.stdout.write(`Kilp ready ${url}\n`)
  if (seats) progress.line(`${seatTable(seats)}\n`)
  // Only who sees this console has it: it opens, ends and removes exercises.
  progress.line(`Home of this installation: ${url}/#/home/${operatorKey}\n`)
  const { ssh } = started.live
  if (ssh)
    progress.line(
      `SSH on port ${ssh.port}, host key ${ssh.fingerprint}: ssh -p ${ssh.port} TEAM+SERVICE@HOST\n`,
    )
  try {
    await current?.deployed
  } catch (error) {
    await close(started, settings.dataDir)
    // Stopped while it deployed: the next start deploys anew.
    if (ending) return
    throw error
  }
}

async function close(platform: Platform, dataDir: string): Promise<void> {
  removeRuntimeFile(dataDir)
  await platform.close()
}
