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
}
