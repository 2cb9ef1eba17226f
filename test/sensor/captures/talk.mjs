// Traffic of real programs over the loopback interface, from which talk.pcap was made in a container of the base image without a network, as root with NET_RAW:
//   cd /tmp && openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 1 -subj /CN=x
//   tcpdump -Z root -n -U -s 2048 -i lo -w talk.pcap "ip and (tcp or udp)" & sleep 1; node talk.mjs; sleep 1; kill $!
import dgram from 'node:dgram'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'

const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const key = readFileSync('/tmp/k'),
  cert = readFileSync('/tmp/c')
http
  .createServer(async (q, a) => {
    for await (const _ of q);
    a.statusCode = q.url.startsWith('/gone') ? 404 : 200
    a.setHeader('set-cookie', 'sid=answer-cookie')
    a.end(q.url === '/big' ? 'x'.repeat(200000) : 'ok')
  })
  .listen(8080)
https.createServer({ key, cert }, (_, a) => a.end('secret page')).listen(8443)
https.createServer({ key, cert, maxVersion: 'TLSv1.2' }, (_, a) => a.end('x')).listen(8444)
net
  .createServer((s) => {
    s.once('data', () => {
      s.write('S')
      const t = new tls.TLSSocket(s, { isServer: true, key, cert })
      t.on('data', (d) => t.end(d))
      t.on('error', () => {})
    })
  })
  .listen(5432)
await sleep(300)
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
const ask = (o, body) =>
  new Promise((r, j) => {
    const q = http.request({ host: '127.0.0.1', port: 8080, agent, ...o }, (a) => {
      a.resume()
      a.on('end', () => r(a.statusCode))
    })
    q.on('error', j)
    q.end(body)
  })
await ask({
  path: '/first?name=mari&token=opensesame',
  headers: { host: 'tax', cookie: 'sid=client-cookie', authorization: 'Bearer very-secret' },
})
await ask(
  { path: '/form', method: 'POST', headers: { host: 'tax' } },
  'GET /from-the-body HTTP/1.1\r\nhost: forged\r\n\r\n',
)
await ask(
  { path: '/upload', method: 'PUT', headers: { host: 'tax', 'content-length': 120000 } },
  Buffer.alloc(120000, 'GET /in-a-body HTTP/1.1\r\n\r\n'),
)
await ask({ path: '/big', headers: { host: 'tax' } })
await ask({ path: '/gone', headers: { host: 'portal' } })
agent.destroy()
// A head in three pieces, and a wait before the answer.
await new Promise((r) => {
  const s = net.connect(8080, '127.0.0.1', async () => {
    s.setNoDelay(true)
    s.write('GET /pie')
    await sleep(40)
    s.write('ces HTTP/1.1\r\nHo')
    await sleep(40)
    s.write('st: slow\r\nconnection: close\r\n\r\n')
  })
  s.resume()
  s.on('close', r)
})
await new Promise((r) => net.connect(81, '127.0.0.1').on('error', r))
const secure = (port, o) =>
  new Promise((r) => {
    const s = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...o }, () => {
      s.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    })
    s.resume()
    s.on('close', r)
    s.on('error', () => r())
  })
await secure(8443, { servername: 'eid.meremaa.example' })
await secure(8444, { servername: 'old.meremaa.example' })
await secure(8444, { servername: 'proud.meremaa.example', minVersion: 'TLSv1.3' })
await secure(8443, {})
// STARTTLS as PostgreSQL's clients do it.
await new Promise((r) => {
  const s = net.connect(5432, '127.0.0.1', () => {
    s.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
    s.once('data', () => {
      const t = tls.connect({ socket: s, servername: 'registry-db', rejectUnauthorized: false }, () =>
        t.write('select'),
      )
      t.resume()
      t.on('close', r)
      t.on('error', r)
    })
  })
})
const u = dgram.createSocket('udp4'),
  v = dgram.createSocket('udp4')
await new Promise((r) => v.bind(5353, '127.0.0.1', r))
v.on('message', (_, f) => v.send('pong', f.port, f.address))
await new Promise((r) => {
  u.on('message', r)
  u.send('ping', 5353, '127.0.0.1')
})
// Reset by the client in the middle.
await new Promise((r) => {
  const s = net.connect(8443, '127.0.0.1', () => {
    s.resetAndDestroy()
    setTimeout(r, 50)
  })
})
await sleep(500)
process.exit(0)
