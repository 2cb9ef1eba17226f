import './key-list.css'

/** Keys with what each does. */
export function KeyList({ keys }: { readonly keys: readonly (readonly [key: string, what: string])[] }) {
  return (
    <dl className="key-list">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}
