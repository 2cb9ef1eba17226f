import type { IsolationCheck, NewEvent, Recorded } from '../../exercise/ledger/events.ts'
import type { PersonaRole } from '../../exercise/scenario/citizens.ts'
import type { WorldEffect } from '../../exercise/scenario/inject.ts'
import type { Evidence } from '../../exercise/scenario/model.ts'
import type { Verdict } from '../../exercise/scenario/words.ts'
import type { Machine } from '../../exercise/schedule/admit.ts'
import type { CaptureBounds } from './capture.ts'
import type { Citizens } from './citizens.ts'
import type { Edit } from './edit.ts'
import type { CastLog } from './kept-cast.ts'
import type { KeptFile } from './kept-file.ts'
import type { KeptSnapshot } from './kept-snapshot.ts'
import type { LogPage, LogSearch } from './log-search.ts'
import type { Program, ProgramUse, Screen } from './program.ts'
import type {
  ContainerEvent,
  DiskNews,
  IsolationNews,
  MachineNews,
  Moved,
  ReferenceLook,
} from './range-news.ts'
import type { AppRestarted, ServiceSources, SourceWrite, SourceWritten } from './sources.ts'

/** Append-only ledger. One writer per exercise; `append` refuses when `expected` is not the last position. */
export interface EventLog extends CastLog {
  /** Durable when it resolves (fsynced). Rejects with `PositionConflict` and writes nothing when somebody appended first. */
  append(
    exerciseId: string,
    expected: number,
    events: readonly NewEvent[],
    wall: number,
  ): Promise<readonly Recorded[]>
  /** Events after `after` in order, at most `limit`. */
  read(exerciseId: string, after: number, limit: number): Promise<readonly Recorded[]>
  lastPosition(exerciseId: string): Promise<number>
  /** Newest first. `endedWall` is null while an exercise has not ended. */
  exercises(): Promise<readonly LoggedExercise[]>
  /** Checkpoint of the exercise clock, so that a crash costs at most the time since. */
  saveClock(exerciseId: string, clock: ClockCheckpoint): Promise<void>
  loadClock(exerciseId: string): Promise<ClockCheckpoint | null>
  /** Raw samples, in batches, outside the ledger. */
  addSamples(exerciseId: string, samples: readonly Sample[]): Promise<void>
  readSamples(
    exerciseId: string,
    filter: { team: string; service: string; limit: number },
  ): Promise<readonly Sample[]>
  /** Forgets raw samples that were taken before `wall`, of all exercises, in steps between which others may write. */
  dropSamples(before: number): Promise<void>
  /** What was folded before: a cache, of each audience one, which may be gone at any time. */
  saveSnapshot(exerciseId: string, snapshot: KeptSnapshot): Promise<void>
  /** Null when there is none that `madeBy` made. */
  loadSnapshot(exerciseId: string, audience: string, madeBy: string): Promise<KeptSnapshot | null>
  /** Files of messages and answers, beside the ledger. One that its owner has already, by hash, stays as it was kept first. */
  keepFile(exerciseId: string, file: KeptFile, content: Uint8Array): Promise<void>
  /** What is kept, without the contents, oldest first. */
  filesOf(exerciseId: string): Promise<readonly KeptFile[]>
  /** Null when nobody has it in this exercise. */
  readFile(exerciseId: string, sha256: string): Promise<Uint8Array | null>
  /** Removes all that is kept of an exercise: ledger, clock, samples, what was folded, files, recordings of terminals, settings of its own. Nothing when there is none. */
  forget(exerciseId: string): Promise<void>
  /** What is left on the disk that the store writes to; null where only its server knows. */
  freeBytes(): Promise<number | null>
  /** Small private facts of the platform: signing key, scenario folder, speed. Values are JSON. */
  putSetting(key: string, value: unknown): Promise<void>
  getSetting(key: string): Promise<unknown>
  close(): Promise<void>
}

export interface LoggedExercise {
  readonly exerciseId: string
  readonly createdWall: number
  readonly endedWall: number | null
  /** A name of its own; null: as its scenario is. */
  readonly name: string | null
  readonly lastPosition: number
}

export class PositionConflict extends Error {
  override name = 'PositionConflict'
}

export interface ClockCheckpoint {
  readonly exerciseMs: number
  readonly wall: number
}

export interface Sample {
  readonly at: number
  readonly wall: number
  readonly team: string
  readonly service: string
  readonly journey: string
  readonly verdict: Verdict
  readonly ms: number
  readonly evidence: Evidence | null
}

/** Wall time only; the exercise clock is built on it in engine/. */
export interface Clock {
  now(): number
  /** Calls back about every `ms`; returns the stop function. */
  every(ms: number, call: () => void): () => void
  sleep(ms: number): Promise<void>
}

/** How a background user goes about a journey. */
export interface Visitor {
  readonly role: PersonaRole
  /** Time for reading and typing between two steps. */
  readonly thinkMs: number
}

/** Result of one script (journey, exploit, fix) that a probe ran. */
export interface RunResult {
  /** `pass`: all steps met. `fail`: a step's expectation or deadline was not met. `fault`: the probe or platform failed. */
  readonly outcome: 'pass' | 'fail' | 'fault'
  /** For a failing journey: `down` when nothing answered (refused, timeout, no route), else `broken`. `slow`: passed, over its time limit. */
  readonly verdict: Verdict
  readonly ms: number
  readonly evidence: Evidence | null
  /** Values the script asked to remember for its next run. */
  readonly remember: Readonly<Record<string, string>>
  /**
   * Of a failed exploit: the attacker was answered at every step, does not have it, and in the same run the witness was served. `false` says nothing
   * of the hole: nobody answered, or those who are entitled do not get theirs either. Null where the script names no witness, and where it did not fail.
   */
  readonly refused: boolean | null
}

export interface TerminalStream {
  /** Resolves when the container has taken it over, or is gone. */
  write(data: string): Promise<void>
  resize(cols: number, rows: number): void
  onData(call: (chunk: Buffer) => void): void
  onClose(call: (reason: string) => void): void
  /** Backpressure: stop and go on reading from the container. */
  pause(): void
  resume(): void
  close(): void
}

export interface DeployProgress {
  readonly team: string
  readonly done: number
  readonly total: number
  readonly what: string
}

/** Thrown by `deploy`: what failed, with the last thing the container said. */
export class DeployFailure extends Error {
  override name = 'DeployFailure'
  readonly team: string | null
  readonly evidence: string
  constructor(team: string | null, message: string, evidence: string) {
    super(message)
    this.team = team
    this.evidence = evidence
  }
}

/** All containers of one exercise. The platform never speaks IP with them. */
export interface Range {
  /** Builds images, creates networks and containers, waits for health, proves isolation. Throws `DeployFailure`. */
  deploy(
    teams: readonly string[],
    tell: (progress: DeployProgress) => void,
    proven: (team: string, checks: readonly IsolationCheck[]) => void,
  ): Promise<void>
  /** After a restart of the platform: takes over containers that still run. Returns teams whose enclave is incomplete. */
  adopt(teams: readonly string[]): Promise<readonly string[]>
  /**
   * Runs a journey of a service once in the team's enclave. With a `visitor` as that citizen does it, who remembers nothing of earlier visits.
   * Never throws: faults are `fault`.
   */
  runJourney(team: string, service: string, journey: string, visitor?: Visitor): Promise<RunResult>
  /**
   * Runs a weakness's exploit once, with a fresh canary. `loot`: what other exploits carried off from this team, by the names that
   * scripts use (`loot.tax/key-served.key`). `pauseMs`: so long after its setup the attacker comes, wall time; at once unless said. Never throws.
   */
  runExploit(
    team: string,
    weakness: string,
    loot: Readonly<Record<string, string>>,
    pauseMs?: number,
  ): Promise<RunResult>
  /**
   * Passes while the attacker still has a hold: the weakness's foothold steps once, or its exploit where it has none. What its own
   * exploit carried off is in `loot` too. Never throws.
   */
  runFoothold(team: string, weakness: string, loot: Readonly<Record<string, string>>): Promise<RunResult>
  /** `runExploit` against a service that is made to stand still once all is set, and goes on afterwards. Never throws. */
  runFrozen(team: string, weakness: string, loot: Readonly<Record<string, string>>): Promise<RunResult>
  /** Passes while the witness of a weakness is served, with nobody attacking. Never throws. */
  runWitness(team: string, weakness: string): Promise<RunResult>
  /**
   * Applies patches to a service's sources, all of them or none, past every tool that the team could replace. The service must be restarted after it. Returns what
   * did not go well, or ''. Never throws.
   */
  edit(team: string, service: string, edits: readonly Edit[]): Promise<string>
  /** Looks once at the reference. Null while there is none. Never throws. */
  reference(): Promise<ReferenceLook | null>
  openTerminal(team: string, service: string, size: { cols: number; rows: number }): Promise<TerminalStream>
  /** Runs a program as root in a service's container, on a screen where one is given. Rejects when the container does not run, with `NoSuchTarget` for a connection that leads elsewhere. */
  runProgram(team: string, service: string, use: ProgramUse, screen: Screen | null): Promise<Program>
  /** Records what comes and goes at a service's container, from outside of it, as a pcap file of whole packets. Rejects when nothing can be recorded. */
  captureTraffic(team: string, service: string, bounds: CaptureBounds): Promise<Uint8Array>
  /** The state as its citizens reach it. */
  readonly citizens: Citizens
  /** Searches the team's collected logs. Null when the enclave has no log collector or it gives no sensible answer. */
  searchLogs(team: string, search: LogSearch): Promise<LogPage | null>
  /** Starts a stopped container again, or restarts it. */
  restart(team: string, service: string): Promise<void>
  /**
   * Makes a service's container anew, as it was deployed: its planted sources, its address, nothing of what anybody did in it. Again after a crash on the way goes on
   * from there. Rejects when the engine fails.
   */
  revert(team: string, service: string): Promise<void>
  /** Does to a service what a world event does: its container stands still, is much slower, or has no network. Twice does no more than once. */
  impose(team: string, service: string, effect: WorldEffect): Promise<void>
  /** Undoes the same: the container runs, as quick as planned, where it was on its networks. Twice does no more than once. */
  lift(team: string, service: string, effect: WorldEffect): Promise<void>
  /** What differs in a service's sources from its start state, as text for people, at most 256 KiB. Never throws: null when it can not be had. */
  changes(team: string, service: string): Promise<string | null>
  /** A service's sources, as the engine packs them: no tool in the container is asked and no link followed. Never throws: null when they can not be had. */
  sources(team: string, service: string): Promise<ServiceSources | null>
  /** Writes or deletes one file of a service's sources, whose owner and mode stay as they are. Whoever calls gives one at a time for each service. Never throws. */
  writeSource(team: string, service: string, write: SourceWrite): Promise<SourceWritten>
  /** Restarts a service's own process as its team would, not its container. Never throws: null when nothing can be run there. */
  restartApp(team: string, service: string): Promise<AppRestarted | null>
  /** Looks after the isolation of the enclaves until closed, mends it where it can, and says what it saw. */
  watchIsolation(call: (news: IsolationNews) => void): void
  /** Looks after the disk that all enclaves share until closed: stops the container that fills it, and says so before. */
  watchDisk(call: (news: DiskNews) => void): void
  onContainerEvent(call: (event: ContainerEvent) => void): void
  /** Hears at once when a service is no longer answered at, or is again, as far as the range can tell by itself. No verdict: a reason to look. */
  onTurned(call: (team: string, service: string) => void): void
  /** Says how each machine of several stands now, and whenever that changes. */
  watchMachines(call: (news: MachineNews) => void): void
  /** Sets the enclave of a team up anew on another machine, with what was last saved of its services' sources. Rejects where there is no other, or it does not come up there. */
  move(team: string): Promise<Moved>
  /** The machine that carries the team's enclave. */
  capacity(team: string): Promise<Machine>
  /** Removes every container and network of the exercise. */
  destroy(): Promise<void>
  /** Lets go without touching the containers. */
  close(): Promise<void>
}
