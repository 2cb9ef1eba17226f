import { io } from 'socket.io-client'

/** Gives one command from a seat and prints what the platform answers: run where the platform is, which nobody else reaches. */
const [url = '', token = '', type = '', data = '{}'] = process.argv.slice(2)
const socket = io(url, { transports: ['websocket'], auth: { token } })
const end = (said: unknown, code: number) => {
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(code))
}
socket.on('connect_error', ({ message }) => end(message, 1))
socket.on('connect', async () => {
  const answer = await socket.timeout(15_000).emitWithAck('command', { type, data: JSON.parse(data) })
  end(answer, 0)
})
