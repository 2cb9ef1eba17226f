import { subsystem } from './model.ts'

export const sign = subsystem('sign')
