/** Where somebody goes after signing in: only paths of ours, never another site's address, however it is written. */
export function localPath(next: string | undefined): string {
  if (!next?.startsWith('/') || /[\p{Cc}\\]/u.test(next)) return '/admin'
  const url = new URL(next, ELSEWHERE)
  const path = url.pathname + url.search
  return url.origin === ELSEWHERE && !path.startsWith('//') ? path : '/admin'
}

/** An origin that nobody has: a path that leaves it was no path. */
const ELSEWHERE = 'http://local.invalid'
