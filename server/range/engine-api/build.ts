import { IMAGE_OWNER, LABEL } from '../labels.ts'
import { type ContextFile, tarOf } from './context.ts'
import type { ContainerEngine } from './docker.ts'
import { ownProxies } from './proxies.ts'

/** An image as a recipe: everything that goes into it. Its tag carries the hash of that, so an image is never stale. */
export interface Recipe {
  readonly tag: string
  /** What to name in messages: the folder or file that a person would mend. */
  readonly source: string
  readonly files: readonly ContextFile[]
  readonly args: Readonly<Record<string, string>>
}

export class BuildFailure extends Error {
  override name = 'BuildFailure'
  /** The last lines that the build said. */
  readonly evidence: string
  constructor(message: string, evidence: string) {
    super(message)
    this.evidence = evidence
  }
}

const LAST_LINES = 25

export async function imageExists(docker: ContainerEngine, tag: string): Promise<boolean> {
  try {
    await docker.getImage(tag).inspect()
    return true
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false
    throw error
  }
}

/** Builds the recipe unless its image is there. `tell` gets a short line per build step. Rejects with `BuildFailure`. */
export async function ensureImage(
  docker: ContainerEngine,
  recipe: Recipe,
  tell: (line: string) => void,
): Promise<boolean> {
  if (await imageExists(docker, recipe.tag)) return false
  const proxies = ownProxies()
  const stream = await docker.buildImage(tarOf(recipe.files), {
    t: recipe.tag,
    buildargs: { ...proxies.args, ...recipe.args },
    ...(proxies.onLoopback ? { networkmode: 'host' } : {}),
    labels: { [LABEL]: IMAGE_OWNER },
    forcerm: true,
  })
  const said: string[] = []
  const failure = await followBuild(docker, stream, (text) => {
    for (const line of text.split('\n').map((part) => part.trimEnd()))
      if (line && !line.startsWith(' --->')) {
        said.push(line)
        if (said.length > LAST_LINES) said.shift()
        if (line.startsWith('Step ')) tell(line)
      }
  })
  if (failure === null) return true
  throw new BuildFailure(
    `image ${recipe.tag} failed to build from ${recipe.source}: ${failure}`,
    said.join('\n'),
  )
}

interface BuildLine {
  readonly stream?: string
  readonly status?: string
  readonly error?: string
}

/** Reads a build, import or pull to its end; resolves with the engine's error, or null when it went well. */
export function followBuild(
  docker: ContainerEngine,
  stream: NodeJS.ReadableStream,
  onText: (text: string) => void,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let failure: string | null = null
    docker.modem.followProgress(
      stream,
      (error: Error | null) => {
        // dockerode reports the build's own error line here too
        if (error && failure === null) reject(error)
        else resolve(failure)
      },
      (line: BuildLine) => {
        if (line.error) failure = line.error
        else onText(line.stream ?? line.status ?? '')
      },
    )
  })
}
