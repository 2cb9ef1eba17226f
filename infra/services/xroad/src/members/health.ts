import { subsystem } from './model.ts'

export const health = subsystem('health')
