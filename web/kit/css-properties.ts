import 'react'

/** Our own custom properties that components set. */
declare module 'react' {
  interface CSSProperties {
    '--columns'?: number
    '--now'?: number
    '--place'?: number
  }
}
