import { createHmac } from 'node:crypto'

/**
 * A service's own program that uses the signing service's REST interface: signs a request with the service's secret. With `uuid`, `secret`, `method`,
 * `path` and `body`.
 */
export function request({
  uuid = '',
  secret = '',
  method = 'GET',
  path = '',
  body = '',
}: Readonly<Record<string, string>>): {
  readonly timestamp: string
  readonly signature: string
  readonly body: string
} {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const message = [uuid, timestamp, method, path, body].join(':')
  return { timestamp, body, signature: createHmac('sha256', secret).update(message).digest('hex') }
}
