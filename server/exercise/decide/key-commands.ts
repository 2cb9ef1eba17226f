/** Public SSH keys of a team's people. Whether it is a key, and which fingerprint it has, is known before: see `CommandPayloads`. */
export interface KeyCommands {
  'register-key': { readonly team: string; readonly key: string; readonly fingerprint: string }
  'remove-key': { readonly team: string; readonly fingerprint: string }
}
