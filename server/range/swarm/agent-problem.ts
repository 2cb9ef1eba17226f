import type { ContainerEngine } from '../engine-api/docker.ts'
import { agentName } from './agents.ts'

interface Task {
  readonly NodeID?: string
  readonly CreatedAt: string
  readonly Status: { readonly State: string; readonly Err?: string; readonly Message?: string }
}

/** Why the agent does not run on a node, in words for whoever runs the platform; null when it runs, or nobody knows. `lasting`: waiting mends nothing. */
export async function agentProblem(
  manager: ContainerEngine,
  home: string,
  node: string,
): Promise<{ readonly text: string; readonly lasting: boolean } | null> {
  const filters = JSON.stringify({ service: [agentName(home)], node: [node] })
  const tasks = (await manager.listTasks({ filters })) as readonly Task[]
  const newest = tasks.toSorted((a, b) => b.CreatedAt.localeCompare(a.CreatedAt))
  if (newest[0]?.Status.State === 'running') return null
  const said = newest.find(({ Status }) => Status.Err)?.Status.Err
  if (said === undefined)
    return newest[0] ? { text: `It is ${newest[0].Status.State}.`, lasting: false } : null
  const image = /no such image:? *(\S+)/i.exec(said)?.[1]
  return image
    ? {
        text: `That machine lacks the base image. Run \`bash infra/bootstrap.sh run doctor\` in the same checkout of Kilp there, or send it: docker save ${image} | ssh THAT-MACHINE docker load`,
        lasting: true,
      }
    : { text: `Swarm says of it: ${said}`, lasting: false }
}
