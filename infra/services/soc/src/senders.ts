import { readFileSync } from 'node:fs'

/** Names of the services by address: what the enclave's /etc/hosts says. */
export function senders(file = '/etc/hosts'): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [address, name] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (address && name && /^\d+\.\d+\.\d+\.\d+$/.test(address) && !address.startsWith('127.'))
      names.set(address, name)
  }
  return names
}
