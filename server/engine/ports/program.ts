import type { Readable, Writable } from 'node:stream'

/** What people run in a service's container with tools of their own. */
export type ProgramUse =
  | { readonly kind: 'shell' }
  | { readonly kind: 'command'; readonly command: string }
  /** The container's own SFTP server. */
  | { readonly kind: 'files' }
  /** A TCP connection from the container to a service of the same enclave, by its name or address, or to the container itself. */
  | { readonly kind: 'connection'; readonly host: string; readonly port: number }

/** The size of a terminal, and what kind of terminal it is. */
export interface Screen {
  readonly cols: number
  readonly rows: number
  readonly term: string
}

/** A program that runs as root in a container, with whatever streams it has. On a screen nothing comes on `stderr`. */
export interface Program {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** When it has ended and all that it wrote is out: its exit status, null where nobody knows. Never rejects. */
  readonly ended: Promise<number | null>
  /** Never rejects, as `signal`. */
  resize(cols: number, rows: number): Promise<void>
  /** By name, without SIG. */
  signal(name: string): Promise<void>
  /** Ends it as a connection that is lost does. */
  close(): void
}

/** `connection` asks for what is not in the team's enclave. */
export class NoSuchTarget extends Error {
  override name = 'NoSuchTarget'
}
