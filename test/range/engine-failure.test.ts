import { expect, test } from 'vitest'
import { engineFailure } from '../../server/range/enclave/deploy.ts'

test('a deploy that fails because a firewall took away the engine’s own chains says what brings them back', () => {
  // As Docker 20.10 says it after `iptables -F; iptables -X`.
  const said =
    '(HTTP code 500) server error - Failed to Setup IP tables: Unable to enable DROP INCOMING rule:  (iptables failed: iptables --wait -I DOCKER-ISOLATION-STAGE-1 -i kilp-5c0e41e2p ! -d 10.201.0.0/24 -j DROP: iptables: No chain/target/match by that name.\n (exit status 1)) \n'
  expect(engineFailure(said)).toContain('Restart it (systemctl restart docker)')
  expect(engineFailure(said)).toContain('DOCKER-ISOLATION-STAGE-1')
  expect(engineFailure('no space left on device\n')).toBe(
    'the container engine failed: no space left on device',
  )
})
