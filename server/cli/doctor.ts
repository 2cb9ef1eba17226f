import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import { type DoctorOptions, engineFindings } from './doctor-engine.ts'
import { swarmFindings } from './doctor-swarm.ts'
import { type Finding, finding } from './finding.ts'
import { readRuntimeFile } from './runtime-file.ts'
import { readSettings, type Settings } from './settings.ts'

const GiB = 2 ** 30
/** Three enclaves of the demo, images and database. */
const MEMORY_GIB = 2
const DISK_GIB = 4

/** `kilp doctor`: one line a finding; ends with 1 when something is missing. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const settings = readSettings(process.env)
  const findings = [
    node(),
    ...(await (options.swarm ? swarmFindings : engineFindings)(settings, options)),
    memory(),
    disk(settings),
    folder(settings),
    await port(settings),
    browser(),
  ]
  for (const { ok, what, mend } of findings)
    process.stdout.write(`${ok ? 'ok  ' : 'MEND'}  ${what}${mend ? `\n      ${mend}` : ''}\n`)
  if (findings.some((finding) => !finding.ok)) process.exitCode = 1
}

const node = () =>
  finding(
    Number(process.versions.node.split('.')[0]) >= 24,
    `Node ${process.versions.node}`,
    'Kilp needs Node 24: start it with npm, which brings it.',
  )

const memory = () =>
  finding(
    freemem() > MEMORY_GIB * GiB,
    `${(freemem() / GiB).toFixed(1)} GiB of memory free`,
    `The demo wants ${MEMORY_GIB} GiB: close something, or start with --teams 1.`,
  )

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path))
}

function disk({ dataDir }: Settings): Finding {
  const { bavail, bsize } = statfsSync(existing(dataDir))
  const free = (bavail * bsize) / GiB
  return finding(
    free > DISK_GIB,
    `${free.toFixed(0)} GiB of disk free at ${dataDir}`,
    `Images and data want ${DISK_GIB} GiB: make room, or set KILP_DATA.`,
  )
}

function folder({ dataDir }: Settings): Finding {
  try {
    accessSync(existing(dataDir), constants.W_OK)
    return finding(true, `data folder ${dataDir} can be written`, '')
  } catch {
    return finding(
      false,
      `data folder ${dataDir}`,
      'It can not be written: mend its rights, or set KILP_DATA to another.',
    )
  }
}

async function port({ host, port: number, dataDir }: Settings): Promise<Finding> {
  const running = readRuntimeFile(dataDir)
  if (running) return finding(true, `Kilp runs at ${running.url} (process ${running.pid})`, '')
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(number, host, () => server.close(() => resolve(true)))
  })
  return finding(free, `port ${number} on ${host}`, 'It is taken: choose another with --port or KILP_PORT.')
}

const browser = () =>
  finding(
    process.env.KILP_CHROMIUM !== undefined ||
      ['/usr/bin/chromium', '/usr/bin/google-chrome'].some((path) => existsSync(path)),
    'a Chromium for the tests',
    'Only npm test needs it: install chromium, or set KILP_CHROMIUM to its path.',
  )
