import { CLIENT_ADDRESS_HEADER } from '../access/index.ts'
import type { Request as Asked, Web } from './web.ts'

/**
 * Asks the sign-in library for something in the name of a request: with its cookies and browser, and with the
 * client's address as we judged it, by which the library counts attempts. The path is one below `/api/auth`.
 */
export const askSignIn = (web: Web, c: Asked, path: string, body: object): Promise<Response> => {
  const headers = new Headers({ 'content-type': 'application/json', origin: web.publicUrl })
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name)
    if (value !== undefined) headers.set(name, value)
  }
  const request = new Request(new URL(`/api/auth${path}`, web.publicUrl), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return web.auth.handler(withAddress(request, c.var.clientAddress))
}

/** Hands the cookies that the library sets on to the browser. */
export function passCookies(c: Asked, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}

/** The request as the sign-in library may believe it: the client's address is the one we judged. */
export function withAddress(request: Request, address: string): Request {
  const headers = new Headers(request.headers)
  headers.set(CLIENT_ADDRESS_HEADER, address)
  return new Request(request, { headers })
}
