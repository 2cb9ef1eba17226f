import type { PseudoTtyInfo, ServerChannel, Session } from 'ssh2'
import type { Program, ProgramUse, Screen } from '../../engine/ports/program.ts'

const TERM = /^[\w.+-]{1,40}$/

export type Begin = (
  use: ProgramUse,
  screen: Screen | null,
  accept: () => ServerChannel | undefined,
  began: (program: Program, channel: ServerChannel) => void,
) => void

/** One program for each session, with the screen that was asked for before it. Its signals go one at a time, and of its sizes only the latest: each is work for the engine. */
export function serveSession(session: Session, begin: Begin, may: () => boolean): void {
  let screen: Screen | null = null
  let program: Program | null = null
  let signalling = false
  let resized = false
  let fitting = false

  const fit = () => {
    if (!program || !screen || !resized || fitting || !may()) return
    resized = false
    fitting = true
    void program.resize(screen.cols, screen.rows).finally(() => {
      fitting = false
      fit()
    })
  }
  const began = (running: Program, channel: ServerChannel) => {
    program = running
    fit()
    // After a pause the size that it was given meanwhile.
    channel.on('data', fit)
  }
  session.on('pty', (accept, _, { cols, rows, term = '' }: PseudoTtyInfo & { term?: string }) => {
    screen = { cols, rows, term: TERM.test(term) ? term : 'xterm-256color' }
    accept?.()
  })
  session.on('window-change', (accept, _, { cols, rows }) => {
    if (screen) {
      screen = { ...screen, cols, rows }
      resized = true
      fit()
    }
    accept?.()
  })
  session.on('signal', (accept, _, { name }) => {
    if (program && !signalling && may()) {
      signalling = true
      void program.signal(name.replace(/^SIG/, '')).finally(() => {
        signalling = false
      })
    }
    accept?.()
  })
  session.on('shell', (accept) => begin({ kind: 'shell' }, screen, accept, began))
  session.on('exec', (accept, _, { command }) => begin({ kind: 'command', command }, screen, accept, began))
  session.on('subsystem', (accept, reject, { name }) => {
    if (name === 'sftp') begin({ kind: 'files' }, null, accept, began)
    else reject()
  })
}
