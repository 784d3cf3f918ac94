/**
 * A signed address as one of this very page's host: the server writes its public address, which is not always
 * the one the page was opened under, and other hosts' pictures are not shown.
 */
export function ownPath(address: string): string {
  const { pathname, search } = new URL(address, window.location.href)
  return pathname + search
}
