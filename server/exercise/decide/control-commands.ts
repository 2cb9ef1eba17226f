import type { NoteAbout, ServiceAction, WallPageEnd } from '../ledger/control-events.ts'
import type { WallPage, WallScene } from '../scenario/wall-scene.ts'

/** Requests of those who run the exercise, and of the platform for what the timeline does to the range. See `CommandPayloads`. */
export interface ControlCommands {
  'begin-world': { readonly team: string; readonly entry: string }
  'end-world': { readonly team: string; readonly entry: string }
  /** `seen`: how many acts on services of this team the one who asks has seen. */
  'act-on-service': {
    readonly team: string
    readonly service: string
    readonly action: ServiceAction
    readonly seen: number
  }
  'report-act': {
    readonly team: string
    readonly act: number
    readonly ok: boolean
    readonly reason: string
  }
  /** To teams (null: all) as a notice in their inbox, and to guests as a line on the national picture. `message`: an id of its own. */
  'send-message': {
    readonly message: string
    readonly teams: readonly string[] | null
    readonly guests: boolean
    readonly text: string
    /** Somebody of the team is to confirm that they read it. */
    readonly wantsRead: boolean
  }
  'freeze-standings': Record<never, never>
  'reveal-standings': Record<never, never>
  /** Epoch ms; null: by hand again. */
  'plan-start': { readonly atWall: number | null }
  /** By the platform: that moment has passed, too long ago to start without somebody's word. */
  'miss-start': Record<never, never>
  /** By whoever runs the platform. Null: as its scenario again. */
  'name-exercise': { readonly name: string | null }
  'set-wall-scene': { readonly scene: WallScene | null }
  /** Null takes it off. */
  'set-wall-page': { readonly page: WallPage | null }
  /** By the platform, of this page alone: what the service sends is none. */
  'drop-wall-page': { readonly page: WallPage; readonly reason: WallPageEnd }
  'add-note': { readonly text: string; readonly about?: NoteAbout | undefined }
}
