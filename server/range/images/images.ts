import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import { ensureImage, type Recipe } from '../engine-api/build.ts'
import { type ContextFile, contentHash, folderFiles, textFile } from '../engine-api/context.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { PROBE, SENSOR } from '../labels.ts'
import { ensureBase } from './base-image.ts'

export interface Images {
  readonly base: string
  /** Tag by service id, of the probe under `probe`, and of the sensor under `sensor` where there is a log collector to tell. */
  readonly tags: Readonly<Record<string, string>>
}

export interface ImageInput {
  /** The `infra` folder. */
  readonly infra: string
  /** Where Node binaries for images are kept between runs. */
  readonly cache: string
  readonly services: readonly ServiceSpec[]
}

/** Longest line of progress. */
const LINE = 100

/** Never in an image: what checks and attacks the service, and how it was planted. */
const SECRET = /^(journeys|weaknesses|test|tests|Dockerfile|service\.yaml)(\/|$)/
/** Nor what a developer's machine keeps beside sources; an exercise does not depend on it either, see hash.ts of the scenario. */
const MACHINE = /(^|\/)(node_modules|\.git)$/
const leftOut = (path: string): boolean => SECRET.test(path) || MACHINE.test(path)

/** Brings every image of an exercise: the base, one per service with its plants, the probe. `tell` says what, how far, and the builder's step. */
export async function ensureImages(
  docker: ContainerEngine,
  input: ImageInput,
  tell: (done: number, total: number, what: string) => void,
): Promise<Images> {
  const collector = input.services.some((service) => service.collector)
  const total = input.services.length + 2 + Number(collector)
  const cut = (line: string) => (line.length > LINE ? `${line.slice(0, LINE)}...` : line)
  let done = 0
  const base = await ensureBase(docker, input.infra, input.cache, (line) =>
    tell(done, total, cut(`base image: ${line}`)),
  )
  tell(++done, total, `image ${base}`)
  const tags: Record<string, string> = {}
  const make = async (name: string, recipe: Recipe) => {
    await ensureImage(docker, recipe, (line) => tell(done, total, cut(`image ${name}: ${line}`)))
    tags[name] = recipe.tag
    tell(++done, total, `image ${recipe.tag}`)
  }
  const kit = await kitFiles(input.infra)
  for (const service of input.services) {
    await make(service.id, await serviceRecipe(service, kit, base))
  }
  await make(PROBE, await probeRecipe(input.infra, kit, base))
  if (collector) await make(SENSOR, await sensorRecipe(input.infra, base))
  return { base, tags }
}

async function kitFiles(infra: string): Promise<readonly ContextFile[]> {
  const folder = join(infra, 'services/kit')
  return existsSync(folder) ? folderFiles(folder, 'kit', (path) => /(^|\/)tests?(\/|$)/.test(path)) : []
}

/** Build context of a service: `kit/`, `app/` (its folder without what attacks it), `plants/`, and a Dockerfile that ends in ours. */
export async function serviceRecipe(
  service: ServiceSpec,
  kit: readonly ContextFile[],
  base: string,
): Promise<Recipe> {
  const own = join(service.folder, 'Dockerfile')
  const head = existsSync(own) ? readFileSync(own, 'utf8') : 'ARG BASE\nFROM $BASE\n'
  const plants = service.plants.map(({ weakness, patch }, index) =>
    textFile(
      `plants/${String(index).padStart(2, '0')}-${weakness.replaceAll('/', '-')}.patch`,
      readFileSync(patch, 'utf8'),
    ),
  )
  const files = [
    textFile(
      'Dockerfile',
      head + serviceTail(/^HEALTHCHECK\b/m.test(head), kit.length > 0, plants.length > 0),
    ),
    ...kit,
    ...(await folderFiles(service.folder, 'app', leftOut)),
    ...plants,
  ]
  return {
    tag: `kilp-${service.id}:${contentHash(files, base)}`,
    source: existsSync(own) ? own : service.folder,
    files,
    args: { BASE: base },
  }
}

/**
 * The end of every service's Dockerfile. The plants go in during the build and the result is the one commit: in the finished file system
 * neither the clean source nor a patch can be found, nor does a file's date tell which of them was touched.
 */
function serviceTail(ownHealthCheck: boolean, kit: boolean, plants: boolean): string {
  const plant = plants
    ? 'for p in /tmp/plants/*.patch; do echo "planting $(basename "$p")"; patch -p1 --batch --forward --fuzz=0 --no-backup-if-mismatch < "$p" || exit 1; done; rm -rf /tmp/plants;'
    : ''
  return `
# --- from here on by server/range/images.ts
USER root
${kit ? 'COPY kit /srv/kit' : ''}
COPY app /srv/app
${plants ? 'COPY plants /tmp/plants' : ''}
RUN cd /srv/app && ${plant} rm -rf .git && find . -name node_modules -prune -o -exec touch -h -d @0 {} + && git init -q -b main && git add -A \\
 && GIT_AUTHOR_DATE=2020-01-01T00:00:00Z GIT_COMMITTER_DATE=2020-01-01T00:00:00Z git commit -q -m "As delivered" \\
 && kilp-verify --make \\
 && if [ -f src/main.ts ]; then mkdir -p /srv/kit && /usr/local/lib/kilp/strip-app || rm -rf /srv/.run; fi
# Without its settings the service ends at once, with what V8 compiled left behind; only root may change that.
RUN ! [ -d /srv/.run ] || { install -d -o app /srv/.run/compiled && { timeout 20 /usr/local/lib/kilp/app-node > /dev/null 2>&1; chown -R root:root /srv/.run/compiled; }; }
WORKDIR /srv/app
${ownHealthCheck ? '' : 'HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD curl -fs -o /dev/null http://127.0.0.1/healthz || exit 1'}
`
}

/** The probe: base and its sources. Types are stripped in the build, so that it starts fast and small. */
async function probeRecipe(infra: string, kit: readonly ContextFile[], base: string): Promise<Recipe> {
  const folder = join(infra, 'probe')
  const own = join(folder, 'Dockerfile')
  const head = existsSync(own)
    ? readFileSync(own, 'utf8')
    : `ARG BASE
FROM $BASE
${kit.length > 0 ? 'COPY kit /srv/kit' : ''}
COPY app /srv/app
RUN mkdir -p /srv/kit && node /usr/local/lib/kilp/strip.js /srv/app/src /srv/.run/app/src /srv/kit /srv/.run/kit
CMD ["/usr/local/bin/node", "/srv/.run/app/src/main.js"]
`
  const files = [textFile('Dockerfile', head), ...kit, ...(await folderFiles(folder, 'app', leftOut))]
  return { tag: `kilp-${PROBE}:${contentHash(files, base)}`, source: folder, files, args: { BASE: base } }
}

/** The sensor: base and its sources, which need nothing else. */
async function sensorRecipe(infra: string, base: string): Promise<Recipe> {
  const folder = join(infra, SENSOR)
  const head = readFileSync(join(folder, 'Dockerfile'), 'utf8')
  const files = [textFile('Dockerfile', head), ...(await folderFiles(folder, 'app', leftOut))]
  return { tag: `kilp-${SENSOR}:${contentHash(files, base)}`, source: folder, files, args: { BASE: base } }
}
