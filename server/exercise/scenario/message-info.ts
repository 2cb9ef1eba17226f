import type { InjectInfo } from './inject.ts'
import type { Text } from './words.ts'

/** Ids of such messages begin so, and those of nothing else. */
export const MESSAGE_PREFIX = 'message-'

const FROM: Text = { en: 'Exercise control', et: 'Õppuse juht', ja: '進行役' }
const TITLE: Text = {
  en: 'Message from exercise control',
  et: 'Teade õppuse juhilt',
  ja: '進行役からの連絡',
}

/** What white writes to teams during an exercise, as a notice for their inbox: in the words in which it was written, for everybody. */
export const messageInfo = (text: string, wantsRead: boolean): InjectInfo => ({
  number: 0,
  title: TITLE,
  text: { en: text, et: text, ja: text },
  from: FROM,
  channel: 'chat',
  roles: [],
  expects: null,
  rubric: [],
  attachments: [],
  category: null,
  weight: 0,
  weightBefore: 0,
  added: true,
  ...(wantsRead && { wantsRead }),
})
