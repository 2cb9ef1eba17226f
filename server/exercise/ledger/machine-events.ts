import type { Actor } from './actor.ts'

/** Of a service's own sources, what went with its enclave to another machine. */
export interface MovedChanges {
  readonly service: string
  /** When they were last saved, epoch ms; null: they differed from the start, and no copy was to be had. */
  readonly savedWall: number | null
}

/** Of the machines that carry enclaves, where there are several. */
export interface MachinePayloads {
  /** A machine no longer answers: nothing can be said of what stands there. `machine`: its id; `name`: for people; `teams`: whose enclaves it carries. */
  readonly 'machine.lost': {
    readonly machine: string
    readonly name: string
    readonly teams: readonly string[]
  }
  /** It answers again, and what stands there was taken over. */
  readonly 'machine.returned': { readonly machine: string; readonly name: string }
  /** White has the enclave of a team set up anew on another machine. What is found of it meanwhile is neither won nor lost. */
  readonly 'enclave.move-began': { readonly team: string; readonly by: Actor | null }
  /**
   * That is done, or failed (`ok` false, `reason`: why, for white). `name`: of the machine that carries it now. `changes`: each service whose sources the team had changed. All else that was in the
   * enclave began anew: data of its services, files outside of their sources, processes.
   */
  readonly 'enclave.moved': {
    readonly team: string
    readonly ok: boolean
    readonly name: string
    readonly reason: string
    readonly changes: readonly MovedChanges[]
  }
}
