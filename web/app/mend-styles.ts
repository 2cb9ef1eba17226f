const AGAIN_MS = 1_000
const TRIES = 10

/**
 * Asks again for style sheets that did not arrive: a browser gives requests up while its machine's networks change, as they do while enclaves are made there. Without them
 * a page is there and can not be read.
 */
export function mendStyles(page: Document): void {
  for (const link of page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
    if (!link.sheet) again(link, TRIES)
}

function again(lost: HTMLLinkElement, tries: number): void {
  if (tries === 0) return
  setTimeout(() => {
    const link = lost.cloneNode() as HTMLLinkElement
    link.addEventListener('error', () => again(link, tries - 1))
    lost.replaceWith(link)
  }, AGAIN_MS)
}
