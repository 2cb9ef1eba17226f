/**
 * Two small programs for `node -e` inside containers. They are text because they run there, not here.
 * `LISTEN` on the host's network: opens a TCP and a UDP listener on every address, greets itself on each (so a proof can not pass because nobody
 * listens), prints `{port, addresses, answered}` as one line and stays.
 */
export const LISTEN = `
const net = require('node:net'), dgram = require('node:dgram'), os = require('node:os')
const addresses = Object.values(os.networkInterfaces()).flat().filter((a) => a.family === 'IPv4' && !a.internal).map((a) => a.address)
const server = net.createServer((s) => { s.on('error', () => {}); s.end('kilp') })
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address()
  const udp = dgram.createSocket('udp4')
  udp.on('message', (m, from) => udp.send('kilp', from.port, from.address))
  udp.bind(port, '0.0.0.0', async () => {
    const reach = (host) => new Promise((done) => {
      const s = net.connect({ host, port, timeout: 1000 }, () => { s.destroy(); done(host) })
      s.on('error', () => done(null)); s.on('timeout', () => { s.destroy(); done(null) })
    })
    const answered = (await Promise.all(addresses.map(reach))).filter(Boolean)
    console.log(JSON.stringify({ port, addresses, answered }))
  })
})
`

/**
 * `LOOK` inside an enclave: tries each `host:port` of its argument by TCP, and those marked `udp` too; reads the routing table, the IPv6 addresses and
 * the places where an engine's socket would be. Prints one line of JSON.
 */
export const LOOK = `
const net = require('node:net'), dgram = require('node:dgram'), fs = require('node:fs')
const read = (f) => { try { return fs.readFileSync(f, 'utf8') } catch { return '' } }
const { targets, waitMs } = JSON.parse(process.argv[1])
const tcp = ({ host, port }) => new Promise((done) => {
  const s = net.connect({ host, port })
  const t = setTimeout(() => { s.destroy(); done('silence') }, waitMs)
  const end = (what) => { clearTimeout(t); s.destroy(); done(what) }
  s.on('connect', () => end('connected')); s.on('error', (e) => end(e.code || e.message))
})
const udp = ({ host, port }) => new Promise((done) => {
  const s = dgram.createSocket('udp4')
  const end = (what) => { clearTimeout(t); s.close(); done(what) }
  const t = setTimeout(() => end('silence'), waitMs)
  s.on('message', () => end('connected')); s.on('error', (e) => end(e.code || e.message))
  s.send('kilp', port, host, (e) => { if (e) end(e.code || e.message) })
})
Promise.all(targets.map(async (t) => ({ ...t, got: await (t.udp ? udp : tcp)(t) }))).then((results) => {
  const routes = read('/proc/net/route').trim().split('\\n').slice(1).map((l) => l.split('\\t'))
  const global6 = read('/proc/net/if_inet6').split('\\n').filter((l) => l && !l.trim().endsWith(' lo'))
  const sockets = ['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock', '/run/podman/podman.sock'].filter((f) => fs.existsSync(f))
  console.log(JSON.stringify({ results, defaultRoutes: routes.filter((r) => r[1] === '00000000').map((r) => r.join(' ')), global6, sockets }))
})
`
