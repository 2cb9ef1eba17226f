import { lookAtAll } from './look-at-all.tsx'

lookAtAll('en')
