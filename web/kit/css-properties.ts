import 'react'

/** Our own custom properties that components set. */
declare module 'react' {
  interface CSSProperties {
    '--teams'?: number
    '--columns'?: number
    '--first'?: string
    '--column'?: string
    '--now'?: number
    '--place'?: number
  }
}
