/** What an application proves itself with. */
export type AppCredential = { readonly kind: 'client_secret'; readonly secret: string }
