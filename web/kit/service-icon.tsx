import {
  Bot,
  CreditCard,
  Database,
  Eye,
  GraduationCap,
  HeartPulse,
  IdCard,
  Landmark,
  type LucideIcon,
  MonitorSmartphone,
  Server,
  Signature,
  Users,
  Vote,
  Wallet,
  Waypoints,
} from 'lucide-react'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  assistant: Bot,
  eid: IdCard,
  health: HeartPulse,
  mynumber: CreditCard,
  population: Users,
  portal: MonitorSmartphone,
  'registry-db': Database,
  school: GraduationCap,
  sign: Signature,
  tax: Landmark,
  tracker: Eye,
  vote: Vote,
  wallet: Wallet,
  xroad: Waypoints,
}

/** A service's picture; one we have no picture for is a server. */
export function ServiceIcon({
  service,
  size = '1.5em',
}: {
  readonly service: string
  readonly size?: string
}) {
  const Icon = ICONS[service] ?? Server
  return <Icon aria-hidden="true" width={size} height={size} strokeWidth={1.8} className="service-icon" />
}
