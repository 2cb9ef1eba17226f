import { connect, createServer } from 'node:net'
import { joined } from './joined.ts'

/**
 * Runs in a lab's namespace: whoever comes over the socket file names a port in a first line, and is connected with it on the loopback address there. A file is seen from both sides of a
 * namespace's wall, addresses are not.
 */
const [path = ''] = process.argv.slice(2)
const LONGEST = 8

createServer((from) => {
  from.on('error', () => {})
  from.once('readable', () => {
    const said: Buffer | null = from.read()
    const end = said?.indexOf('\n') ?? -1
    const port = Number(said?.subarray(0, Math.min(end, LONGEST)).toString())
    if (!said || end < 0 || !Number.isInteger(port)) return from.destroy()
    from.unshift(said.subarray(end + 1))
    joined(from, connect(port, '127.0.0.1'))
  })
}).listen(path, () => process.stdout.write('open\n'))
