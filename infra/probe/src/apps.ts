import type { Place } from './act.ts'
import {
  add as addToContainer,
  change as changeContainer,
  forgedCard,
  wrap as wrapSignature,
} from './apps/asice.ts'
import { retired } from './apps/people.ts'
import { sign as phoneSign } from './apps/phone.ts'
import { request as sigaRequest } from './apps/siga.ts'

/**
 * A program on a citizen's own device (voting app, wallet): from named texts to JSON. It keeps nothing and speaks with nobody: steps carry
 * what it says to services. Throws when it can not work with what it is given.
 */
export type App = (input: Readonly<Record<string, string>>, place: Place) => unknown

/** By the name that steps use: `<file>/<what>`, one file in apps/ each. */
export const APPS: Readonly<Record<string, App>> = {
  'asice/add': addToContainer,
  'asice/change': changeContainer,
  'asice/forged-card': forgedCard,
  'asice/wrap': wrapSignature,
  'people/retired': retired,
  'phone/sign': phoneSign,
  'siga/request': sigaRequest,
}
