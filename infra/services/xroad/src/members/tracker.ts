import { subsystem } from './model.ts'

export const tracker = subsystem('tracker')
