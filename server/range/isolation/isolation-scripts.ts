/**
 * Two small programs for `node -e` inside containers. They are text because they run there, not here.
 * `LISTEN` opens a TCP and a UDP listener on every address of where it runs, greets itself on each and the `host:port` of its argument (so a proof can
 * not pass because nobody listens), prints `{port, addresses, deaf}` as one line and stays. It greets a few times, for a starved machine; an address that
 * has gone meanwhile (a network of another exercise was removed) is neither told nor deaf.
 */
export const LISTEN = `
const net = require('node:net'), dgram = require('node:dgram'), os = require('node:os')
const here = () => Object.values(os.networkInterfaces()).flat().filter((a) => a.family === 'IPv4' && !a.internal).map((a) => a.address)
const deaf = (at) => new Promise((done) => {
  const [host, port] = at.split(':')
  const s = net.connect({ host, port, timeout: 2000 }, () => { s.destroy(); done(null) })
  s.on('error', () => done(at)); s.on('timeout', () => { s.destroy(); done(at) })
})
const server = net.createServer((s) => { s.on('error', () => {}); s.end('kilp') })
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address()
  const udp = dgram.createSocket('udp4')
  udp.on('message', (m, from) => udp.send('kilp', from.port, from.address))
  udp.bind(port, '0.0.0.0', async () => {
    const own = new Set(here())
    let left = [...[...own].map((host) => host + ':' + port), ...process.argv.slice(1)]
    for (let tries = 0; left.length > 0 && tries < 5; tries++) {
      if (tries > 0) await new Promise((wake) => setTimeout(wake, 200 * tries))
      const still = new Set(here())
      const gone = (at) => { const [host] = at.split(':'); return own.has(host) && !still.has(host) }
      left = (await Promise.all(left.filter((at) => !gone(at)).map(deaf))).filter(Boolean)
    }
    const still = new Set(here())
    const stands = (at) => { const [host] = at.split(':'); return still.has(host) || !own.has(host) }
    console.log(JSON.stringify({ port, addresses: [...own].filter((host) => still.has(host)), deaf: left.filter(stands) }))
  })
})
`

/**
 * `LOOK` inside an enclave: tries each target `[host, port, 0 for TCP or 1 for UDP]` of its argument; reads the gateways of default routes, the IPv6
 * addresses and the places where an engine's socket would be. Prints one line of JSON, with what it got in the order of the targets.
 */
export const LOOK = `
const net = require('node:net'), dgram = require('node:dgram'), fs = require('node:fs')
const read = (f) => { try { return fs.readFileSync(f, 'utf8') } catch { return '' } }
const { targets, waitMs } = JSON.parse(process.argv[1])
// On a starved machine the timer is due before an answer that is already here was read.
const late = (then) => setImmediate(() => setImmediate(then))
const tcp = (host, port) => new Promise((done) => {
  const s = net.connect({ host, port })
  const t = setTimeout(() => late(() => end('silence')), waitMs)
  const end = (what) => { clearTimeout(t); s.destroy(); done(what) }
  s.on('connect', () => end('connected')); s.on('error', (e) => end(e.code || e.message))
})
const udp = (host, port) => new Promise((done) => {
  const s = dgram.createSocket('udp4')
  const end = (what) => { clearTimeout(t); s.close(); done(what) }
  const t = setTimeout(() => late(() => end('silence')), waitMs)
  s.on('message', () => end('connected')); s.on('error', (e) => end(e.code || e.message))
  s.send('kilp', port, host, (e) => { if (e) end(e.code || e.message) })
})
Promise.all(targets.map(([host, port, isUdp]) => (isUdp ? udp : tcp)(host, port))).then((got) => {
  const routes = read('/proc/net/route').trim().split('\\n').slice(1).map((l) => l.split('\\t'))
  const global6 = read('/proc/net/if_inet6').split('\\n').map((l) => l.trim().split(/ +/)).filter((l) => l.length > 5 && l[5] !== 'lo')
    .map((l) => l[0].match(/..../g).join(':') + ' on ' + l[5])
  const sockets = ['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock', '/run/podman/podman.sock'].filter((f) => fs.existsSync(f))
  const defaultRoutes = routes.filter((r) => r[1] === '00000000').map((r) => r[2].match(/../g).reverse().map((h) => parseInt(h, 16)).join('.'))
  console.log(JSON.stringify({ got, defaultRoutes, global6, sockets }))
})
`
