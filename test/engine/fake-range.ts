import { NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { Range, RunResult, TerminalStream } from '../../server/engine/ports/ports.ts'
import type {
  ContainerEvent,
  DiskNews,
  IsolationNews,
  MachineNews,
} from '../../server/engine/ports/range-news.ts'
import type { SourceText } from '../../server/engine/ports/sources.ts'
import { sha256 } from '../../server/engine/sha256.ts'
import type { Verdict } from '../../server/exercise/scenario/words.ts'

const result = (outcome: RunResult['outcome'], verdict: Verdict): RunResult => ({
  outcome,
  verdict,
  ms: 3,
  evidence:
    outcome === 'pass' ? null : { step: '1', sent: 'GET /', received: verdict, expected: '200', ms: 3 },
  remember: {},
  refused: null,
})

/** A range whose enclaves are switches: which services are down, which weaknesses are fixed. Typed fixes really fix it. */
export function openFakeRange() {
  const down = new Set<string>()
  const fixed = new Set<string>()
  /** What an exploit carries off, by weakness. */
  const loot = new Map<string, Readonly<Record<string, string>>>()
  /** Footholds that outlive the hole, by `team/weakness`; a fix does not take them away, cleaning up does. */
  const implants = new Set<string>()
  /** Of each weakness with a foothold of its own. */
  const leaves = new Set<string>()
  const handed: { readonly weakness: string; readonly loot: Readonly<Record<string, string>> }[] = []
  const flaky = new Map<string, Verdict[]>()
  /** What comes of the next tries of an exploit, by `team!weakness`. */
  const answers = new Map<string, Pick<RunResult, 'outcome' | 'verdict' | 'refused'>[]>()
  const runs: string[] = []
  /** What was done to services, in order. */
  const acts: string[] = []
  /** Sources of each service that was asked for, now and at the start. */
  const sources = new Map<
    string,
    { readonly now: Map<string, SourceText>; readonly start: Map<string, SourceText> }
  >()
  const sourcesIn = (team: string, service: string) => {
    const key = `${team}/${service}`
    const made = () => new Map([['main.ts', { bytes: 9, text: 'export {}' }]])
    const known = sources.get(key) ?? { now: made(), start: made() }
    sources.set(key, known)
    return { ...known, cut: false }
  }
  let hear: (event: ContainerEvent) => void = () => {}
  let diskWatch: (news: DiskNews) => void = () => {}
  let watching: (news: IsolationNews) => void = () => {}
  let hearTurned: (team: string, service: string) => void = () => {}
  let machineWatch: (news: MachineNews) => void = () => {}
  const range: Range = {
    deploy: async () => {},
    adopt: async () => [],
    async runJourney(team, service, journey) {
      const key = `${team}/${service}/${journey}`
      runs.push(key)
      const next = flaky.get(key)?.shift()
      if (next)
        return result(next === 'unknown' ? 'fault' : next === 'up' || next === 'slow' ? 'pass' : 'fail', next)
      return down.has(`${team}/${service}`) ? result('fail', 'down') : result('pass', 'up')
    },
    async runExploit(team, weakness, before) {
      runs.push(`${team}!${weakness}`)
      handed.push({ weakness, loot: before })
      const next = answers.get(`${team}!${weakness}`)?.shift()
      if (next) return { ...result(next.outcome, next.verdict), refused: next.refused }
      if (down.has(`${team}/${weakness.split('/')[0]}`)) return result('fail', 'down')
      if (fixed.has(`${team}/${weakness}`)) return result('fail', 'broken')
      if (leaves.has(weakness)) implants.add(`${team}/${weakness}`)
      return { ...result('pass', 'up'), remember: loot.get(weakness) ?? {} }
    },
    async runFoothold(team, weakness, before) {
      if (!leaves.has(weakness)) return range.runExploit(team, weakness, before)
      runs.push(`${team}?${weakness}`)
      handed.push({ weakness, loot: before })
      if (down.has(`${team}/${weakness.split('/')[0]}`)) return result('fail', 'down')
      return implants.has(`${team}/${weakness}`) ? result('pass', 'up') : result('fail', 'broken')
    },
    runFrozen: async () => ({ ...result('fail', 'down'), refused: false }),
    runWitness: async (team, weakness) =>
      down.has(`${team}/${weakness.split('/')[0]}`) ? result('fail', 'down') : result('pass', 'up'),
    edit: async () => '',
    reference: async () => null,
    async openTerminal(team) {
      const datas: ((chunk: Buffer) => void)[] = []
      const closes: ((reason: string) => void)[] = []
      const stream: TerminalStream = {
        async write(text) {
          const fix = /^fix (\S+)/m.exec(text)
          if (fix) fixed.add(`${team}/${fix[1]}`)
          for (const call of datas) call(Buffer.from('kilp-typed=0\r\n'))
        },
        resize: () => {},
        onData: (call) => void datas.push(call),
        onClose: (call) => void closes.push(call),
        pause: () => {},
        resume: () => {},
        close: () => {
          for (const call of closes) call('closed')
        },
      }
      return stream
    },
    runProgram: async () => {
      throw new Error('nothing runs in an enclave that is a switch')
    },
    captureTraffic: async (team, service) => Buffer.from(`pcap ${team}/${service}`),
    citizens: NO_CITIZENS,
    searchLogs: async () => null,
    async restart(team, service) {
      acts.push(`restart ${team}/${service}`)
    },
    async revert(team, service) {
      acts.push(`revert ${team}/${service}`)
    },
    async impose(team, service, effect) {
      acts.push(`${effect} ${team}/${service}`)
    },
    async lift(team, service, effect) {
      acts.push(`lift ${effect} ${team}/${service}`)
    },
    changes: async () => '',
    sources: async (team, service) => sourcesIn(team, service),
    async writeSource(team, service, { path, text, expected }) {
      const { now } = sourcesIn(team, service)
      const there = now.get(path)?.text ?? null
      if ((there === null ? null : sha256(there)) !== expected)
        return { ok: false, why: 'changed', text: there }
      // A real one takes its time between the look and the writing.
      await new Promise((soon) => setTimeout(soon, 50))
      if (text === null) now.delete(path)
      else now.set(path, { bytes: Buffer.byteLength(text), text })
      return { ok: true }
    },
    async restartApp(team, service) {
      acts.push(`app ${team}/${service}`)
      return { ok: !down.has(`${team}/${service}`), said: 'run: app: (pid 7) 1s' }
    },
    capacity: async () => ({ id: 'here', cores: 4 }),
    watchDisk: (call) => {
      diskWatch = call
    },
    watchIsolation: (call) => {
      watching = call
    },
    move: async () => ({ name: 'attic', changes: [] }),
    onTurned: (call) => {
      hearTurned = call
    },
    watchMachines: (call) => {
      machineWatch = call
    },
    onContainerEvent: (call) => {
      hear = call
    },
    destroy: async () => {},
    close: async () => {},
  }
  return {
    range,
    down,
    fixed,
    flaky,
    answers,
    runs,
    acts,
    loot,
    implants,
    leaves,
    handed,
    sourcesIn,
    disk: (news: DiskNews) => diskWatch(news),
    container: (event: ContainerEvent) => hear(event),
    isolation: (news: IsolationNews) => watching(news),
    turned: (team: string, service: string) => hearTurned(team, service),
    machine: (news: MachineNews) => machineWatch(news),
  }
}
