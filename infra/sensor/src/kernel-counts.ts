/** Reads what tcpdump says when it is asked how it goes; tells how many more frames the kernel had no room for since it last said so. */
export function readCounts(missed: (count: number) => void): (text: string) => void {
  let rest = ''
  let before = 0
  return (text) => {
    const lines = (rest + text).slice(-2_000).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [, count] = /(\d+) packets? dropped by kernel/.exec(line) ?? []
      if (count === undefined) continue
      const all = Number(count)
      // One that was started anew counts anew.
      const more = all >= before ? all - before : all
      before = all
      if (more > 0) missed(more)
    }
  }
}
