import { lookAtAll } from './look-at-all.tsx'

lookAtAll('ja')
