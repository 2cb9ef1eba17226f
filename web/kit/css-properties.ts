import 'react'

/** Our own custom properties that components set. */
declare module 'react' {
  interface CSSProperties {
    '--teams'?: number
    '--columns'?: number
    '--now'?: number
    '--place'?: number
  }
}
