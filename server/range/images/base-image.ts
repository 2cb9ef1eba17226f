import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildFailure, ensureImage, followBuild, imageExists } from '../engine-api/build.ts'
import { type ContextFile, contentHash, diskFile, folderFiles, textFile } from '../engine-api/context.ts'
import { type ContainerEngine, nodeArch } from '../engine-api/docker.ts'
import { IMAGE_OWNER, LABEL } from '../labels.ts'
import { reason } from '../log.ts'

const DEBIAN = 'kilp-debian:bookworm'
const PULLED = 'debian:bookworm-slim'
const PULL_MS = 90_000

/** Where downloads for images are kept by default. */
export const cacheBeside = (infra: string): string => join(infra, '../.kilp/cache')

/** Tag of the base image that the files of `infra/base`, its Node version and the lockfile of `infra` ask for. Brings nothing. */
export async function baseTag(docker: ContainerEngine, infra: string): Promise<string> {
  return (await describe(docker, infra)).tag
}

/** Builds the base image unless it is there; brings Node, and Debian, first. Resolves with its tag. */
export async function ensureBase(
  docker: ContainerEngine,
  infra: string,
  cache: string,
  tell: (line: string) => void,
): Promise<string> {
  const { tag, own, lock, node, arch } = await describe(docker, infra)
  if (await imageExists(docker, tag)) return tag
  tell(`Node ${node} for ${arch}`)
  const binary = await nodeBinary(node, arch, cache)
  if (!(await imageExists(docker, DEBIAN)) && !(await pullDebian(docker, tell)))
    await bootstrapDebian(docker, tell)
  const files = [
    ...own,
    textFile('package.json', '{ "type": "module" }\n'),
    { ...diskFile('node', binary), executable: true },
    ...(await packages(infra, lock)),
  ]
  await ensureImage(docker, { tag, source: join(infra, 'base'), args: { DEBIAN }, files }, tell)
  return tag
}

async function describe(docker: ContainerEngine, infra: string) {
  const arch = nodeArch((await docker.version()).Arch)
  const own = await folderFiles(join(infra, 'base'), '.')
  const lock = await readFile(join(infra, 'package-lock.json'), 'utf8')
  const node = (await readFile(join(infra, 'base/node-version'), 'utf8')).trim()
  return { tag: `kilp-base:${contentHash(own, lock, node, arch)}`, own, lock, node, arch }
}

async function pullDebian(docker: ContainerEngine, tell: (line: string) => void): Promise<boolean> {
  const had = await imageExists(docker, PULLED)
  if (!had) {
    tell(`pulling ${PULLED}`)
    try {
      const stream = await docker.pull(PULLED)
      const timer = setTimeout(
        () => (stream as NodeJS.ReadableStream & { destroy(): void }).destroy(),
        PULL_MS,
      )
      const failure = await followBuild(docker, stream, () => {}).finally(() => clearTimeout(timer))
      if (failure !== null || !(await imageExists(docker, PULLED))) return false
    } catch (error) {
      tell(`no container registry answers (${reason(error).slice(0, 120)})`)
      return false
    }
  }
  const dockerfile = textFile('Dockerfile', `FROM ${PULLED}\nLABEL ${LABEL}=${IMAGE_OWNER}\n`)
  await ensureImage(docker, { tag: DEBIAN, source: PULLED, files: [dockerfile], args: {} }, tell)
  // Ours has its own name and label now; what the machine did not have before should not stay.
  if (!had) await docker.getImage(PULLED).remove({ noprune: true })
  return true
}

/** Debian's own bootstrap into a folder, and that folder into the engine. Needs root on Debian or Ubuntu. */
async function bootstrapDebian(docker: ContainerEngine, tell: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/sbin/debootstrap'))
    throw new BuildFailure(
      `no container registry answers, so the base image can not be pulled`,
      `Pull it where a registry answers (docker pull ${PULLED}), or load it here (docker load), or run this as root on Debian or Ubuntu with debootstrap installed (apt-get install debootstrap).`,
    )
  const folder = await mkdtemp(join(tmpdir(), 'kilp-debian-'))
  try {
    tell('bootstrapping Debian from its packages')
    const root = join(folder, 'root')
    await mkdir(root)
    await run('debootstrap', ['--variant=minbase', 'bookworm', root], (line) => {
      if (/^I: (Retrieving|Extracting|Unpacking|Configuring|Base system)/.test(line))
        tell(`Debian: ${line.slice(3)}`)
    })
    await rm(join(root, 'var/cache/apt'), { recursive: true, force: true })
    tell('importing Debian into the engine')
    const tar = spawn('tar', ['-C', root, '--numeric-owner', '-c', '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [repo, tag] = DEBIAN.split(':')
    const stream = await docker.importImage(tar.stdout, {
      repo,
      tag,
      changes: `LABEL ${LABEL}=${IMAGE_OWNER}`,
    })
    const failure = await followBuild(docker, stream, () => {})
    if (failure) throw new BuildFailure(`the engine refused the base image`, failure)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Production packages of the lockfile, from where they are installed. Symlinks in `.bin` are left out. */
async function packages(infra: string, lock: string): Promise<readonly ContextFile[]> {
  const all = (JSON.parse(lock) as { packages: Record<string, { dev?: boolean }> }).packages
  const dev = new Set(Object.keys(all).filter((path) => all[path]?.dev))
  const modules = join(infra, 'node_modules')
  if (!existsSync(modules)) throw new BuildFailure(`${modules} is missing`, 'Run npm ci in infra/ first.')
  return folderFiles(
    modules,
    'node_modules',
    (path) => path.startsWith('.') || dev.has(`node_modules/${path}`),
  )
}

/** A Linux Node of the asked version, from the npm package that carries it; kept in `cache`. */
export async function nodeBinary(version: string, arch: string, cache: string): Promise<string> {
  const folder = join(cache, `node-${version}-linux-${arch}`)
  const binary = join(folder, `node_modules/node-linux-${arch}/bin/node`)
  if (existsSync(binary)) return binary
  await mkdir(folder, { recursive: true })
  const install = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--force',
    '--no-audit',
    '--no-fund',
  ]
  await run('npm', [...install, `node-linux-${arch}@${version}`], () => {})
  return binary
}

function run(command: string, args: readonly string[], onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
      for (const line of chunk.toString().split('\n')) if (line.trim()) onLine(line.trim())
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new BuildFailure(`${command} ${args[0]} ended with ${code}`, said)),
    )
  })
}
