import { homedir } from 'node:os'
import { join } from 'node:path'
import { baseRecipe, cacheBeside, ensureBase } from './base-image.ts'
import { BuildFailure, imageExists } from './build.ts'
import { EngineNotFound, findEngine } from './docker.ts'
import { endpoints } from './endpoints.ts'

/**
 * For `infra/bootstrap.sh`. `node prepare.ts engine` says which engine answers; it ends with 3 when none does but the user named one, and with 2 when
 * none does at all. `has-base` ends with 0 when the base image is there; `base` brings it, a line per step on stdout.
 */
const infra = join(import.meta.dirname, '../../infra')

async function main(what: string | undefined): Promise<number> {
  try {
    const { docker, source, version } = await findEngine()
    console.log(`Docker Engine ${version}, ${source}`)
    if (what === 'engine') return 0
    const recipe = await baseRecipe(docker, infra, cacheBeside(infra))
    if (what === 'has-base') return (await imageExists(docker, recipe.tag)) ? 0 : 1
    await ensureBase(docker, recipe, (line) => console.log(line))
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
