import { subsystem } from './model.ts'

export const mynumber = subsystem('mynumber')
