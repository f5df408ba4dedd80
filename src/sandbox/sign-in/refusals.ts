/** What the sentences of a refusal speak about. */
export interface RefusalFacts {
  readonly tenant: string
  readonly directoryId: string
  readonly clientId: string
  readonly appName: string
  readonly scope: string
}

export interface Refusal {
  readonly status: 400 | 401 | 503
  readonly error: string
  readonly code: number
  readonly text: (facts: RefusalFacts) => string
}

const refusal = (
  status: Refusal['status'],
  error: string,
  code: number,
  text: string | ((facts: RefusalFacts) => string),
): Refusal => ({ status, error, code, text: typeof text === 'string' ? () => text : text })

/** Every way Microsoft refuses a token to an application; each can be set as a directory's `tokenFault`. */
export const REFUSALS = {
  secret_wrong: refusal(
    401,
    'invalid_client',
    7000215,
    (facts) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${facts.clientId}'.`,
  ),
  secret_expired: refusal(
    401,
    'invalid_client',
    7000222,
    (facts) =>
      `The provided client secret keys for app '${facts.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  ),
  credential_missing: refusal(
    401,
    'invalid_client',
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ),
  credential_parameter_missing: refusal(
    401,
    'invalid_client',
    7000216,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  ),
  app_not_in_directory: refusal(
    400,
    'unauthorized_client',
    700016,
    (facts) =>
      `Application with identifier '${facts.clientId}' was not found in the directory '${facts.tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  ),
  service_principal_missing: refusal(
    401,
    'invalid_client',
    7000229,
    (facts) =>
      `The client application ${facts.clientId} is missing service principal in the tenant ${facts.directoryId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  ),
  app_disabled: refusal(
    400,
    'unauthorized_client',
    7000112,
    (facts) => `Application '${facts.clientId}'(${facts.appName}) is disabled.`,
  ),
  directory_not_found: refusal(
    400,
    'invalid_request',
    90002,
    (facts) =>
      `Tenant '${facts.tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  ),
  directory_malformed: refusal(
    400,
    'invalid_request',
    900023,
    (facts) =>
      `Specified tenant identifier '${facts.tenant}' is neither a valid DNS name, nor a valid external domain.`,
  ),
  directory_in_another_cloud: refusal(
    400,
    'invalid_request',
    900382,
    'Confidential Client is not supported in Cross Cloud request.',
  ),
  scope_invalid: refusal(
    400,
    'invalid_scope',
    70011,
    (facts) =>
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${facts.scope} is not valid.`,
  ),
  resource_unknown: refusal(
    400,
    'invalid_resource',
    500011,
    (facts) =>
      `The resource principal named ${facts.scope.replace(/\/\.default$/, '')} was not found in the tenant named ${facts.tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  ),
  consent_missing: refusal(
    400,
    'invalid_grant',
    65001,
    (facts) =>
      `The user or administrator has not consented to use the application with ID '${facts.clientId}' named '${facts.appName}'. Send an interactive authorization request for this user and resource.`,
  ),
  assertion_signature_invalid: refusal(
    401,
    'invalid_client',
    700027,
    'The certificate with identifier used to sign the client assertion is not registered on application.',
  ),
  assertion_audience_invalid: refusal(
    401,
    'invalid_client',
    700023,
    'Client assertion audience claim does not match Realm issuer.',
  ),
  assertion_client_mismatch: refusal(
    401,
    'invalid_client',
    700021,
    "Client assertion application identifier doesn't match 'client_id' parameter.",
  ),
  assertion_expired: refusal(
    401,
    'invalid_client',
    700024,
    'Client assertion is not within its valid time range.',
  ),
  user_unknown: refusal(
    400,
    'invalid_grant',
    50034,
    (facts) =>
      `The user account does not exist in the ${facts.directoryId} directory. To sign into this application, the account must be added to the directory.`,
  ),
  access_blocked: refusal(
    400,
    'unauthorized_client',
    53003,
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  ),
  access_blocked_by_risk: refusal(
    400,
    'unauthorized_client',
    530035,
    'Access has been blocked by security defaults. The token request was deemed unsafe by security defaults policies.',
  ),
  client_invalid: refusal(
    401,
    'invalid_client',
    7000299,
    'The client application could not be authenticated.',
  ),
  code_used_or_expired: refusal(
    400,
    'invalid_grant',
    54005,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  code_of_another_request: refusal(400, 'invalid_grant', 70000, 'Provided grant is invalid or malformed.'),
  code_verifier_wrong: refusal(
    400,
    'invalid_grant',
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ),
  grant_type_missing: refusal(
    400,
    'invalid_request',
    900144,
    "The request body must contain the following parameter: 'grant_type'.",
  ),
  grant_type_unsupported: refusal(
    400,
    'unsupported_grant_type',
    70003,
    'The app requested an unsupported grant type.',
  ),
  server_busy: refusal(
    503,
    'temporarily_unavailable',
    90033,
    'A transient error has occurred. Please try again.',
  ),
} satisfies Record<string, Refusal>

export type RefusalName = keyof typeof REFUSALS
