import type { Socket } from 'node:net'

const SAID = 'The request has more than can be read; cookies of this host are cleared. Load the page again.\n'

/**
 * Answers what is no request. A page of a team's service has the host's name too, and may fill its cookies until a browser's every request here is too large: told so, the browser
 * clears them (on loopback and over TLS), and its next request goes through.
 */
export function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const status = tooLarge
    ? '431 Request Header Fields Too Large\r\nClear-Site-Data: "cookies"'
    : '400 Bad Request'
  const body = tooLarge ? SAID : ''
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}
