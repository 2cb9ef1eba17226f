import { homedir } from 'node:os'
import { join } from 'node:path'
import { BuildFailure, imageExists } from './engine-api/build.ts'
import { EngineNotFound, findEngine } from './engine-api/docker.ts'
import { endpoints } from './engine-api/endpoints.ts'
import { baseTag, cacheBeside, ensureBase } from './images/base-image.ts'

/**
 * For `infra/bootstrap.sh`. `prepare.ts check` ends with 0 when an engine answers and has the base image, 4 when only the image is missing, 3 when the
 * engine that the user named does not answer, 2 when none is found. `prepare.ts base` brings the image, a line per step on stdout.
 */
const infra = join(import.meta.dirname, '../../infra')

async function main(what: string | undefined): Promise<number> {
  try {
    const { docker, source, version } = await findEngine()
    console.log(`Docker Engine ${version}, ${source}`)
    if (what === 'base') await ensureBase(docker, infra, cacheBeside(infra), (line) => console.log(line))
    else if (!(await imageExists(docker, await baseTag(docker, infra)))) return 4
    return 0
  } catch (error) {
    if (error instanceof BuildFailure) {
      console.error(`${error.message}\n${error.evidence}`)
      return 1
    }
    if (!(error instanceof EngineNotFound)) throw error
    console.error(error.message)
    return endpoints(process.env, homedir()).some((endpoint) => endpoint.chosen) ? 3 : 2
  }
}

process.exitCode = await main(process.argv[2])
