import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { type CitizenSettings, citizenSettings } from './citizen-settings.ts'
import { UserError } from './user-error.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** Where and how the platform runs, from the environment; options of `kilp up` go first. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Where people reach it, when a proxy stands before it; without a slash at its end. */
  readonly publicUrl: string | null
  /** Null: pages of services are shown nowhere as citizens see them. */
  readonly citizen: CitizenSettings | null
  /** Port of SSH for own tools; null: none. */
  readonly sshPort: number | null
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** Addresses of enclaves: a CIDR with room for 2 /24 networks a team. */
  readonly pool: string | null
  /** What a team may hold of the engine's disk, in MiB; null: its part of what is free. */
  readonly teamDiskMiB: number | null
}

export function readSettings(
  env: NodeJS.ProcessEnv,
  port?: string,
  citizenPort?: string,
  ssh?: string | true,
): Settings {
  const text = port ?? env.KILP_PORT ?? '4600'
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new UserError(`"${text}" is no port: give a whole number from 0 to 65535 (0 takes any free one)`)
  const address = publicUrl(env.KILP_URL)
  return {
    host: env.KILP_HOST || '127.0.0.1',
    port: number,
    publicUrl: address,
    citizen: citizenSettings(citizenPort ?? env.KILP_CITIZEN_PORT, {
      port: number,
      url: env.KILP_CITIZEN_URL,
      publicUrl: address,
    }),
    sshPort: sshPort(ssh ?? env.KILP_SSH_PORT),
    dataDir: resolve(env.KILP_DATA || resolve(ROOT, '.kilp/data')),
    databaseUrl: env.DATABASE_URL || null,
    pool: env.KILP_POOL || null,
    teamDiskMiB: teamDisk(env.KILP_TEAM_DISK),
  }
}

const SSH_PORT = 4622

/** `true`: asked for without saying where. */
function sshPort(text: string | true | undefined): number | null {
  if (text === true) return SSH_PORT
  if (!text || text === 'off') return null
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError(
      `"${text}" is no port for SSH: give a whole number from 0 to 65535 (0 takes any free one), or off`,
    )
  return port
}

/** Less than an enclave needs to come up would only stop it. */
const LEAST_DISK_MIB = 256

function teamDisk(text: string | undefined): number | null {
  if (!text) return null
  const mib = Number(text)
  if (!Number.isInteger(mib) || mib < LEAST_DISK_MIB)
    throw new UserError(
      `KILP_TEAM_DISK is "${text}": give what a team may hold of the engine's disk, in MiB, a whole number from ${LEAST_DISK_MIB}`,
    )
  return mib
}

function publicUrl(text: string | undefined): string | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url?.protocol.startsWith('http') || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new UserError(
      `KILP_URL is "${text}": give the address that people type, as https://range.example, without a path`,
    )
  return url.origin
}

export const DEMO_SCENARIO = 'scenarios/storm-over-meremaa'

/** A folder as a person names it: from where they stand (npm tells), or from the project's root. */
function folderFrom(text: string, env = process.env): string | undefined {
  return [env.INIT_CWD ?? process.cwd(), ROOT]
    .map((base) => resolve(base, text))
    .find((path) => existsSync(path))
}

/** Folder of a scenario given as folder or as its scenario.yaml. */
export function scenarioFolder(given: string | undefined): string {
  const text = (given ?? DEMO_SCENARIO).replace(/\/?scenario\.ya?ml$/, '') || '.'
  const found = folderFrom(text)
  if (found === undefined)
    throw new UserError(
      `There is no scenario folder ${text}. Shipped ones are in ${resolve(ROOT, 'scenarios')}.`,
    )
  return found
}

/** Folders with further services and weaknesses: those of `--pack`, then those of KILP_PACKS. */
export function packFolders(given: readonly string[] = [], env = process.env): readonly string[] {
  const listed = (env.KILP_PACKS ?? '').split(delimiter).filter((text) => text !== '')
  return [...given, ...listed].map((text) => {
    const found = folderFrom(text, env)
    if (found === undefined) throw new UserError(`There is no pack folder ${text}.`)
    return found
  })
}

/** Folders of scenarios to choose from: those that come with Kilp, those in the folders of KILP_SCENARIOS, and `also`. Looked for anew at each call. */
export function scenarioShelf(also: string, env = process.env): readonly string[] {
  const own = (env.KILP_SCENARIOS ?? '').split(delimiter).flatMap((text) => folderFrom(text, env) ?? [])
  const isScenario = (folder: string) => existsSync(join(folder, 'scenario.yaml'))
  const inside = [resolve(ROOT, 'scenarios'), ...own].flatMap((folder) =>
    isScenario(folder)
      ? [folder]
      : readdirSync(folder)
          .map((name) => join(folder, name))
          .filter(isScenario),
  )
  return [...new Set([...inside, resolve(also)])]
}
