import { join } from 'node:path'
import { findEngine } from '../range/engine-api/docker.ts'
import { homeOf } from '../range/labels.ts'
import { reason } from '../range/log.ts'
import { lookAtSwarm, type NodeLook } from '../range/swarm/look.ts'
import { type DoctorOptions, lookFindings, whatIsAsked } from './doctor-engine.ts'
import { type Finding, finding } from './finding.ts'
import { ROOT, type Settings } from './settings.ts'
import { swarmSettings } from './swarm-settings.ts'

/** The manager, and of each node of the Swarm what it lacks. Changes nothing. */
export async function swarmFindings(settings: Settings, options: DoctorOptions): Promise<readonly Finding[]> {
  const swarm = swarmSettings(process.env, settings.dataDir, true)
  const asks = await whatIsAsked(options)
  if ('what' in asks) return [asks]
  if (!swarm) return []
  try {
    const { docker, version, source } = await findEngine()
    const found = finding(true, `container engine ${version} at ${source}`, '')
    const looks = await lookAtSwarm(docker, {
      ...asks,
      infra: join(ROOT, 'infra'),
      home: homeOf(settings.dataDir),
      ...(settings.pool ? { pool: settings.pool } : {}),
      settings: swarm,
    })
    if (looks === null)
      return [
        found,
        finding(
          false,
          'the engine is a manager of a Docker Swarm',
          'It is none: docker swarm init --advertise-addr ADDRESS there, then docker swarm join on each other machine, with the line that it prints.',
        ),
      ]
    const carries = looks.reduce((sum, { machine }) => sum + (machine?.carries ?? 0), 0)
    const seen = looks.some(({ machine }) => machine !== null)
    return [
      found,
      ...looks.flatMap((look) => nodeFindings(look, asks.inEnclave)),
      ...(seen
        ? [
            finding(
              asks.enclaves <= carries,
              `the nodes together carry ${carries} enclaves of ${asks.inEnclave} containers, and the exercise has ${asks.enclaves}`,
              'Add a machine, or start with fewer teams.',
            ),
          ]
        : []),
    ]
  } catch (error) {
    return [finding(false, 'container engine', reason(error))]
  }
}

/** Pure: what a look at one node means. */
export function nodeFindings(
  { name, id, labelled, ready, agent, machine }: NodeLook,
  inEnclave: number,
): readonly Finding[] {
  const of = (one: Finding): Finding => ({ ...one, what: `${name}: ${one.what}` })
  const all = [
    finding(
      labelled,
      labelled ? 'carries enclaves' : 'carries no enclaves, since it has not the label kilp.range=true',
      `If it shall: docker node update --label-add kilp.range=true ${id}`,
    ),
    ...(labelled
      ? [
          finding(
            ready,
            ready ? 'Swarm hears from it' : 'Swarm does not hear from it, or gives it no work',
            `See docker node ls: its engine must run and reach the manager, and be active (docker node update --availability active ${id}).`,
          ),
        ]
      : []),
    ...(labelled && ready ? [agentFinding(agent)] : []),
  ]
  const looks = machine ? lookFindings(machine, { enclaves: 1, inEnclave, memoryMiB: 0 }) : []
  return [...all, ...looks].map(of)
}

const agentFinding = (agent: NodeLook['agent']): Finding =>
  agent.state === 'silent'
    ? finding(false, `its agent does not answer at ${agent.at}`, agent.why)
    : finding(
        true,
        agent.state === 'answers'
          ? `its agent answers at ${agent.at}`
          : 'its agent is started by the first start with --swarm',
        '',
      )
