/** What an application proves itself with. Keys and certificates are PEM; a private key is PKCS #8, unencrypted. */
export type AppCredential =
  | { readonly kind: 'client_secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly privateKey: string; readonly certificate: string }
