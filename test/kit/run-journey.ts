/**
 * Runs one journey or exploit against containers that already run in a network of the local engine:
 *   node test/kit/run-journey.ts NETWORK SERVICE/NAME [--times 2] [--secrets FILE] [--seed SEED] [--team dev] [--verbose]
 * Secrets are those of `secretsOf('dev', 'dev', TEAM)`; FILE overrides them, one `secret:db-tax=pw` or `private-key:portal=...` a line.
 * Builds kilp-probe:dev from kilp-base:dev first. `exec` steps go to the container of the network whose name ends in `-SERVICE`.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { Script } from '../../server/engine/ports/script.ts'
import { namedSecrets, type Secrets, secretsOf } from '../../server/range/enclave/env.ts'
import type { ExecAnswer } from '../../server/range/probe/probe-wire.ts'
import { execAt } from '../../server/range/probe/script.ts'
import { toSteps } from '../../server/scenario/compile/to-steps.ts'
import { journeySchema, weaknessSchema } from '../../server/scenario/schema/service-schema.ts'
import type { AuthoredStep } from '../../server/scenario/schema/steps.ts'
import { textBy } from '../../server/scenario/schema/texts.ts'
import { lineOf } from './probe-line.ts'

const INFRA = resolve(import.meta.dirname, '../../infra')
const IMAGE = 'kilp-probe:dev'
const docker = (...args: string[]) =>
  execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '1' },
    secrets: { type: 'string' },
    seed: { type: 'string' },
    team: { type: 'string', default: 'dev' },
    verbose: { type: 'boolean', default: false },
  },
})
const [network = '', what = ''] = positionals
const [service = '', name = ''] = what.split('/')

const ready = (step: AuthoredStep) => toSteps(step, 'registry-db')
const text = textBy({ first: 'en', plain: true })

function readScript(): Script {
  const folder = join(INFRA, 'services', service)
  const journey = join(folder, 'journeys', `${name}.yaml`)
  if (existsSync(journey)) {
    const { steps, slowAfter, deadline } = journeySchema(text).parse(parse(readFileSync(journey, 'utf8')))
    return { setup: [], steps: steps.flatMap(ready), slowAfterMs: slowAfter, deadlineMs: deadline }
  }
  const file = join(folder, 'weaknesses', name, 'weakness.yaml')
  if (!existsSync(file)) throw new Error(`there is neither ${journey} nor ${file}`)
  const { setup, exploit, deadline } = weaknessSchema(text).parse(parse(readFileSync(file, 'utf8')))
  return {
    setup: (setup ?? []).flatMap(ready),
    steps: exploit.flatMap(ready),
    slowAfterMs: deadline,
    deadlineMs: deadline,
  }
}

const derived = secretsOf('dev', 'dev', values.team)
const given = new Map(
  values.secrets
    ? readFileSync(values.secrets, 'utf8')
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
    : [],
)

const secrets: Secrets = {
  seed: values.seed ?? derived.seed,
  secret: (key) => given.get(`secret:${key}`) ?? derived.secret(key),
  privateKey: (key) => given.get(`private-key:${key}`) ?? derived.privateKey(key),
  publicKey: (key) => given.get(`public-key:${key}`) ?? derived.publicKey(key),
  sshKey: derived.sshKey,
}

function buildImage(): void {
  const context = mkdtempSync(join(tmpdir(), 'kilp-probe-'))
  try {
    cpSync(join(INFRA, 'probe'), join(context, 'app'), { recursive: true })
    cpSync(join(INFRA, 'services/kit'), join(context, 'kit'), { recursive: true })
    cpSync(join(INFRA, 'probe/Dockerfile'), join(context, 'Dockerfile'))
    docker(
      'build',
      '-q',
      '--label',
      'kilp=dev-probe',
      '--build-arg',
      'BASE=kilp-base:dev',
      '-t',
      IMAGE,
      context,
    )
  } finally {
    rmSync(context, { recursive: true })
  }
}

function execIn(script: Script, path: string, env: Readonly<Record<string, string>>): Promise<ExecAnswer> {
  const step = execAt(script, path)
  const names = docker('ps', '--filter', `network=${network}`, '--format', '{{.Names}}').split('\n')
  const container = names.find((one) => one.endsWith(`-${step?.service}`))
  if (!step || !container)
    return Promise.resolve({ exitCode: -1, stdout: '', stderr: '', error: `no container for ${path}` })
  const variables = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`])
  return new Promise((done) =>
    execFile(
      'docker',
      ['exec', '-u', step.user, ...variables, container, ...step.command],
      (error, stdout, stderr) =>
        done({
          exitCode: error ? Number(error.code ?? -1) : 0,
          stdout,
          stderr,
          error: error && typeof error.code !== 'number' ? error.message : null,
        }),
    ),
  )
}

buildImage()
const subnet = docker('network', 'inspect', network, '--format', '{{(index .IPAM.Config 0).Subnet}}')
const prefix = subnet.split('.').slice(0, 3).join('.')
const addresses = [231, 232, 233, 234].map((host) => `${prefix}.${host}/${subnet.split('/')[1]}`)
const container = `kilp-dev-probe-${process.pid}`
const environment = {
  KILP_TEAM: values.team,
  KILP_SEED: secrets.seed,
  KILP_NETWORKS: subnet,
  KILP_ADDRESSES: addresses.join(','),
  CARD_CA_KEY: secrets.privateKey('card-ca'),
}
const child = spawn(
  'docker',
  [
    'run',
    '--rm',
    '-i',
    '--init=false',
    '--name',
    container,
    '--label',
    'kilp=dev-probe',
    '--network',
    network,
    '--cap-drop=ALL',
    '--cap-add=NET_ADMIN',
    '--memory=192m',
    ...Object.keys(environment).flatMap((key) => ['-e', key]),
    IMAGE,
  ],
  { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
)
try {
  const line = lineOf(child)
  const ended = new Promise<never>((_, reject) =>
    child.on('exit', (code) => reject(new Error(`the probe ended with ${code}`))),
  )
  await Promise.race([line.ready, ended])
  const script = readScript()
  let memory: Readonly<Record<string, string>> = {}
  for (let turn = 0; turn < Number(values.times); turn++) {
    const vars = {
      ...namedSecrets(script, secrets),
      team: values.team,
    }
    const result = await line.run(
      { script, vars, memory, seed: randomBytes(8).toString('hex') },
      { onExec: (path, env) => execIn(script, path, env) },
    )
    memory = result.remember
    console.log(`${what}: ${result.outcome} (${result.verdict}) in ${result.ms} ms`)
    if (result.verdict !== 'up' || values.verbose) console.log(result.evidence)
    if (result.outcome !== 'pass') process.exitCode = 1
  }
} finally {
  child.removeAllListeners('exit')
  execFileSync('docker', ['rm', '-f', container], { stdio: 'ignore' })
}
