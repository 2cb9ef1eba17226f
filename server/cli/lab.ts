import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bringBase, bringServices } from '../lab/images.ts'
import { lookAtLab, makeLab, type NodeLook, plug, powerOff, powerOn } from '../lab/lab.ts'
import { needLabMachine, ownRoutes } from '../lab/machine.ts'
import { chooseNetwork } from '../lab/network.ts'
import { hostOf, type LabNode, type LabPlan, nodeOf, planLab } from '../lab/plan.ts'
import { playOn } from '../lab/play.ts'
import { removeLab } from '../lab/remove.ts'
import { readLab } from '../lab/state.ts'
import { loadScenario } from '../scenario/load.ts'
import { packFolders, ROOT, readSettings, scenarioFolder } from './settings.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'

const FOLDER = resolve(ROOT, '.kilp/lab')
const BUILDER = { infra: resolve(ROOT, 'infra'), cache: resolve(ROOT, '.kilp/cache') }

interface LabOptions {
  readonly nodes?: string
  readonly network?: string
  readonly down?: boolean
  readonly status?: boolean
  readonly cut?: string
  readonly join?: string
  readonly kill?: string
  readonly start?: string
  readonly play?: boolean
}

const tell = (line: string) => void process.stderr.write(`${line}\n`)

/** Pure: which one thing is asked for. @throws UserError when it is more than one */
export function askedOfLab(options: LabOptions): Exclude<keyof LabOptions, 'network'> {
  const { network, ...things } = options
  const asked = Object.keys(things) as Exclude<keyof LabOptions, 'network'>[]
  if (asked.length > 1)
    throw new UserError(`One thing at a time: ${asked.map((name) => `--${name}`).join(' or ')}`)
  if (network !== undefined && asked[0] !== 'nodes')
    throw new UserError('--network goes with --nodes: a lab that stands keeps its network')
  return asked[0] ?? 'status'
}

/** `kilp lab`: one thing at a time, each by an option of its own. */
export async function runLab(start: readonly string[], options: LabOptions): Promise<void> {
  const asked = askedOfLab(options)
  if (start.length > 0 && asked !== 'play')
    throw new UserError(`"${start.join(' ')}" means nothing here: options of npm start go with --play`)
  needLabMachine()
  if (asked === 'down') return down()
  if (asked === 'nodes') return up(Number(options.nodes), options.network)
  const lab = readLab(FOLDER)
  if (!lab) throw new UserError(`There is no lab here. Make one: npm run lab -- --nodes 3`)
  const { plan } = lab
  if (asked === 'status') return void process.stdout.write(`${statusText(await lookAtLab(plan))}\n`)
  if (asked === 'play') return play(plan, start)
  const node = nodeOf(plan, options[asked] ?? '')
  const changed = await CHANGES[asked](plan, node)
  tell(`${node.name} ${changed ? SAYS[asked].done : SAYS[asked].was}`)
}

async function play(plan: LabPlan, start: readonly string[]): Promise<void> {
  const { port } = readSettings(process.env)
  const { values } = parseArgs({
    args: [...start],
    options: { scenario: { type: 'string' }, pack: { type: 'string', multiple: true } },
    strict: false,
  })
  const scenario = typeof values.scenario === 'string' ? values.scenario : undefined
  const pack = (values.pack ?? []).filter((folder) => typeof folder === 'string')
  const { range } = await loadScenario(scenarioFolder(scenario), { packs: packFolders(pack) })
  await bringServices(plan, BUILDER, range.services, tell)
  const cli = resolve(ROOT, 'server/cli.ts')
  process.exitCode = await playOn(plan, [cli, 'up', '--swarm', ...start], port)
}

const CHANGES = {
  cut: (plan: LabPlan, node: LabNode) => plug(plan, node, false),
  join: (plan: LabPlan, node: LabNode) => plug(plan, node, true),
  kill: powerOff,
  start: powerOn,
} as const

const SAYS = {
  cut: { done: 'is cut off', was: 'was cut off already' },
  join: { done: 'is joined again', was: 'was joined already' },
  kill: { done: 'runs no more', was: 'did not run' },
  start: { done: 'runs again', was: 'runs already' },
} as const

async function up(count: number, asked: string | undefined): Promise<void> {
  const lab = readLab(FOLDER)
  if (lab) return stands(lab.plan, lab.whole, count)
  const network = chooseNetwork(asked, readSettings(process.env).pool, await ownRoutes())
  const plan = planLab(FOLDER, network, count)
  await makeLab(plan, tell).catch((error: unknown) => {
    tell('The lab is not whole. Remove what was made of it: npm run lab -- --down')
    throw error
  })
  await bringBase(plan, BUILDER, tell)
  useText(plan)
}

/** A lab that was made before. */
function stands(plan: LabPlan, whole: boolean, count: number): void {
  const nodes = `${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'}`
  if (!whole)
    throw new UserError(
      `A lab of ${nodes} was begun here and is not whole, or is being made. See npm run lab -- --status, or remove it: npm run lab -- --down`,
    )
  if (plan.nodes.length !== count)
    throw new UserError(
      `A lab of ${nodes} stands here. To make another, remove it first: npm run lab -- --down`,
    )
  tell(`A lab of ${nodes} stands here already; how they are: npm run lab -- --status`)
  useText(plan)
}

function useText({ nodes: [manager] }: LabPlan): void {
  if (!manager) return
  tell(`The manager is ${manager.name}; docker node ls shows them all. To use it in this shell:`)
  process.stdout.write(`export DOCKER_HOST=${hostOf(manager)}\n`)
}

async function down(): Promise<void> {
  tell('Ending the nodes and removing their disks ...')
  const { namespaces, folder } = await removeLab(FOLDER)
  tell(
    namespaces > 0 || folder
      ? `The lab is gone: ${namespaces} network namespaces, and all that its engines had.`
      : 'There is no lab here; nothing to remove.',
  )
}

/** Pure: a table of the nodes. */
export function statusText(looks: readonly NodeLook[]): string {
  const rows = looks.map(({ node, pid, plugged, swarm }) => [
    node.name,
    node.address,
    pid === null ? 'does not run' : `runs (process ${pid})`,
    plugged ? 'in' : 'out',
    swarm ?? 'not known',
    hostOf(node),
  ])
  return table(['node', 'address', 'engine', 'cable', 'swarm', 'DOCKER_HOST'], rows)
}
