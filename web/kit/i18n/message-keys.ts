import type { SaidCode } from './codes.ts'
import type { en } from './en.ts'
import type { enRooms } from './en-rooms.ts'
import type { enStory } from './en-story.ts'

type Written = keyof typeof en
type Singular<K> = K extends `${infer Base}_zero` | `${infer Base}_one` | `${infer Base}_other` ? Base : K
/** What a page may ask for; a plural is asked for without its ending. */
export type MessageKey = Singular<Written>
/** What `et` and `ja` must have: a missing or extra key does not compile. */
export type Messages = Readonly<Record<Written, string>>
/** The parts of them that have files of their own: what seats read in their rooms, and what happens. */
export type RoomMessages = Pick<Messages, keyof typeof enRooms>
export type StoryMessages = Pick<Messages, keyof typeof enStory>

type Nothing<T extends never> = T
/** What the core says in codes and English has no text for: does not compile, and names the code. */
export type Unsaid = Nothing<Exclude<SaidCode, MessageKey>>
