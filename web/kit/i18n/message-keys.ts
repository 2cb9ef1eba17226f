import type { SaidCode } from './codes.ts'
import type { en } from './en.ts'
import type { enBriefing } from './en-briefing.ts'
import type { enCases } from './en-cases.ts'
import type { enCitizen } from './en-citizen.ts'
import type { enComparison } from './en-comparison.ts'
import type { enControl } from './en-control.ts'
import type { enEditor } from './en-editor.ts'
import type { enHome } from './en-home.ts'
import type { enInstructor } from './en-instructor.ts'
import type { enJoin } from './en-join.ts'
import type { enLater } from './en-later.ts'
import type { enMoments } from './en-moments.ts'
import type { enMsel } from './en-msel.ts'
import type { enPeople } from './en-people.ts'
import type { enProblems } from './en-problems.ts'
import type { enReplay } from './en-replay.ts'
import type { enReportPage } from './en-report-page.ts'
import type { enReports } from './en-reports.ts'
import type { enRescore } from './en-rescore.ts'
import type { enReview } from './en-review.ts'
import type { enRooms } from './en-rooms.ts'
import type { enScenes } from './en-scenes.ts'
import type { enSectors } from './en-sectors.ts'
import type { enShared } from './en-shared.ts'
import type { enStory } from './en-story.ts'
import type { enTools } from './en-tools.ts'
import type { enWall } from './en-wall.ts'
import type { enWallPage } from './en-wall-page.ts'

type Written = keyof typeof en | keyof typeof enLater
type Singular<K> = K extends `${infer Base}_zero` | `${infer Base}_one` | `${infer Base}_other` ? Base : K
/** What a page may ask for; a plural is asked for without its ending. */
export type MessageKey = Singular<Written>
/** What `et` and `ja` must have: a missing or extra key does not compile. */
export type Messages = Readonly<Record<Written, string>>
/** What comes with every page. */
export type FirstMessages = Pick<Messages, keyof typeof en>
/** What comes with the pages that say it. */
export type LaterMessages = Pick<Messages, keyof typeof enLater>
/** The parts of them that have files of their own: what seats read in their rooms, what the instructor's console says, and what happens. */
export type RoomMessages = Pick<Messages, keyof typeof enRooms>
export type ComparisonMessages = Pick<Messages, keyof typeof enComparison>
export type HomeMessages = Pick<Messages, keyof typeof enHome>
export type InstructorMessages = Pick<Messages, keyof typeof enInstructor>
export type MomentMessages = Pick<Messages, keyof typeof enMoments>
export type MselMessages = Pick<Messages, keyof typeof enMsel>
export type PeopleMessages = Pick<Messages, keyof typeof enPeople>
export type BriefingMessages = Pick<Messages, keyof typeof enBriefing>
export type ReplayMessages = Pick<Messages, keyof typeof enReplay>
export type ReportMessages = Pick<Messages, keyof typeof enReports>
export type RescoreMessages = Pick<Messages, keyof typeof enRescore>
export type ReviewMessages = Pick<Messages, keyof typeof enReview>
export type ReportPageMessages = Pick<Messages, keyof typeof enReportPage>
export type JoinMessages = Pick<Messages, keyof typeof enJoin>
export type ControlMessages = Pick<Messages, keyof typeof enControl>
export type SharedMessages = Pick<Messages, keyof typeof enShared>
export type WallPageMessages = Pick<Messages, keyof typeof enWallPage>
export type ToolsMessages = Pick<Messages, keyof typeof enTools>
export type CitizenMessages = Pick<Messages, keyof typeof enCitizen>
export type SceneMessages = Pick<Messages, keyof typeof enScenes>
export type SectorMessages = Pick<Messages, keyof typeof enSectors>
export type StoryMessages = Pick<Messages, keyof typeof enStory>
export type EditorMessages = Pick<Messages, keyof typeof enEditor>
export type ProblemMessages = Pick<Messages, keyof typeof enProblems>
export type CaseMessages = Pick<Messages, keyof typeof enCases>
export type WallMessages = Pick<Messages, keyof typeof enWall>

type Nothing<T extends never> = T
/** What the core says in codes and English has no text for: does not compile, and names the code. */
export type Unsaid = Nothing<Exclude<SaidCode, MessageKey>>
