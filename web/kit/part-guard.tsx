import { RotateCw } from 'lucide-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import './part-guard.css'
import { useSay } from './i18n/use-say.ts'

interface Props {
  readonly children: ReactNode
}

/** A part of a page that crashes says so, and offers a reload; what stands around it goes on. */
export class PartGuard extends Component<Props, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null }

  static getDerivedStateFromError(fault: unknown) {
    return { fault: fault instanceof Error ? fault.message : String(fault) }
  }

  override componentDidCatch(fault: Error, info: ErrorInfo) {
    console.error('A part of the page has crashed.', fault, info.componentStack)
  }

  override render() {
    return this.state.fault === null ? this.props.children : <Crashed fault={this.state.fault} />
  }
}

function Crashed({ fault }: { readonly fault: string }) {
  const say = useSay()
  return (
    <div className="crashed card" role="alert">
      <h2>{say('crash.title')}</h2>
      <p>{say('crash.text')}</p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        <RotateCw aria-hidden="true" size="1.1em" />
        {say('crash.reload')}
      </button>
      <details>
        <summary>{say('crash.detail')}</summary>
        <code lang="en">{fault}</code>
      </details>
    </div>
  )
}
