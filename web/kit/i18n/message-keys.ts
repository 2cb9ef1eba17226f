import type { en } from './en.ts'
import type { enRooms } from './en-rooms.ts'

type Written = keyof typeof en
type Singular<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K
/** What a page may ask for; a plural is asked for without its ending. */
export type MessageKey = Singular<Written>
/** What `et` and `ja` must have: a missing or extra key does not compile. */
export type Messages = Readonly<Record<Written, string>>
/** The part of them that seats read in their rooms. */
export type RoomMessages = Pick<Messages, keyof typeof enRooms>
