import { subsystem } from './model.ts'

export const vote = subsystem('vote')
