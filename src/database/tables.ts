import type { ColumnType, Generated } from 'kysely'

type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>
type Moment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type JsonColumn<Read = unknown> = ColumnType<Read, unknown, unknown>

/** The tables as Kysely sees them; the truth, with every rule, is in migrations/. */
export interface Tables {
  users: UsersTable
  sessions: SessionsTable
  accounts: AccountsTable
  api_keys: ApiKeysTable
  setup_links: SetupLinksTable
  password_reset_links: PasswordResetLinksTable
  two_factors: TwoFactorsTable
  invitations: InvitationsTable
  invitation_tenants: InvitationTenantsTable
  workspaces: WorkspacesTable
  workspace_memberships: WorkspaceMembershipsTable
  tenant_memberships: TenantMembershipsTable
  api_key_workspaces: ApiKeyWorkspacesTable
  api_key_tenants: ApiKeyTenantsTable
  tenants: TenantsTable
  tenant_guards: TenantGuardsTable
  operational_controls: ControlsTable
  freeze_windows: FreezeWindowsTable
  provider_connections: ProviderConnectionsTable
  credentials: CredentialsTable
  operation_runs: OperationRunsTable
  waiting_starts: WaitingStartsTable
  waiting_start_followers: WaitingStartFollowersTable
  onboarding_sessions: OnboardingSessionsTable
  operation_run_events: OperationRunEventsTable
  audit_records: AuditRecordsTable
  idempotency_keys: IdempotencyKeysTable
  notifications: NotificationsTable
  notification_letters: NotificationLettersTable
  verification_reports: VerificationReportsTable
  directory_role_definitions: DirectoryRoleDefinitionsTable
  directory_groups: DirectoryGroupsTable
  directory_group_counts: DirectoryGroupCountsTable
  sync_states: SyncStatesTable
  compliance_changes: ComplianceChangesTable
  compliance_device_counts: ComplianceDeviceCountsTable
  compliance_devices: ComplianceDevicesTable
  compliance_snapshots: ComplianceSnapshotsTable
  inventory_items: InventoryItemsTable
  inventory_readings: InventoryReadingsTable
}

interface UsersTable {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  image: string | null
  created_at: Timestamp
  updated_at: Timestamp
  language: string | null
  time_zone: string | null
  theme: string | null
  two_factor_enabled: Generated<boolean | null>
  last_seen_at: Moment
  letters: Generated<'never' | 'attention' | 'always'>
}

interface SessionsTable {
  id: string
  user_id: string
  token: string
  expires_at: Timestamp
  ip_address: string | null
  user_agent: string | null
  workspace_id: number | null
  created_at: Timestamp
  updated_at: Timestamp
}

interface AccountsTable {
  id: string
  account_id: string
  provider_id: string
  user_id: string
  password: string | null
  created_at: Timestamp
  updated_at: Timestamp
}

interface ApiKeysTable {
  id: string
  name: string | null
  start: string | null
  reference_id: string
  enabled: boolean | null
  last_request: Moment
  expires_at: Moment
  created_at: Timestamp
}

interface SetupLinksTable {
  token_hash: string
  created_at: Timestamp
  expires_at: Timestamp
  used_at: Moment
}

interface PasswordResetLinksTable {
  token_hash: string
  user_id: string
  maker_id: string | null
  drops_second_factor: Generated<boolean>
  created_at: Timestamp
  expires_at: Timestamp
  used_at: Moment
}

interface TwoFactorsTable {
  id: string
  secret: string
  backup_codes: string
  user_id: string
  verified: Generated<boolean | null>
}

interface InvitationsTable {
  id: Generated<number>
  workspace_id: number
  email: string
  role: string
  reach: string
  token_hash: string
  inviter_id: string | null
  inviter_name: string
  created_at: Timestamp
  sent_at: Timestamp
  expires_at: Timestamp
  accepted_at: Moment
  revoked_at: Moment
}

interface InvitationTenantsTable {
  invitation_id: number
  tenant_id: number
  workspace_id: number
  role: string | null
}

interface WorkspacesTable {
  id: Generated<number>
  name: string
  created_at: Timestamp
  operations_kept_days: Generated<number>
  audit_kept_days: Generated<number>
  notifications_kept_days: Generated<number>
  directory_kept_days: Generated<number>
  compliance_kept_days: Generated<number>
  operations_removed_until: Moment
  notifications_removed_until: Moment
}

interface WorkspaceMembershipsTable {
  id: Generated<number>
  workspace_id: number
  user_id: string
  role: string
  reach: Generated<string>
  created_at: Timestamp
}

interface TenantMembershipsTable {
  membership_id: number
  tenant_id: number
  role: string | null
}

interface ApiKeyWorkspacesTable {
  api_key_id: string
  workspace_id: number
  most_role: string | null
  reach: Generated<string>
}

interface ApiKeyTenantsTable {
  api_key_id: string
  workspace_id: number
  tenant_id: number
}

interface TenantsTable {
  id: Generated<number>
  workspace_id: number
  directory_id: string
  name: string
  domain: string | null
  state: Generated<string>
  proven_at: Moment
  archived_at: Moment
  archived_from: string | null
  conflicted_at: Moment
  created_at: Timestamp
  scope_key: ColumnType<string, never, never>
}

interface TenantGuardsTable {
  tenant_id: number
  version: Generated<number>
}

interface ControlsTable {
  id: Generated<number>
  operation: string
  workspace_id: number | null
  why: string
  author_id: string | null
  author_name: string
  starts_at: Timestamp
  ends_at: Moment
  lifted_at: Moment
}

interface FreezeWindowsTable {
  id: Generated<number>
  tenant_id: number
  why: string
  author_id: string | null
  author_name: string
  starts_at: Timestamp
  ends_at: Moment
  lifted_at: Moment
}

interface ProviderConnectionsTable {
  id: Generated<number>
  workspace_id: number
  tenant_id: number
  provider: Generated<string>
  connection_type: Generated<string>
  directory_id: string
  client_id: string
  label: string
  is_enabled: Generated<boolean>
  is_default: Generated<boolean>
  consent_status: Generated<string>
  verification_status: Generated<string>
  granted_permissions: ColumnType<string[] | null, unknown, unknown>
  evidence_at: Moment
  last_check_at: Moment
  last_check_run_id: number | null
  last_reason: JsonColumn
  throttled_until: Moment
  /** Kept by a trigger. */
  next_credential_until: ColumnType<unknown, never, never>
  consent_id: number | null
  version: Generated<number>
  created_at: Timestamp
}

interface CredentialsTable {
  id: Generated<string>
  connection_id: number
  slot: Generated<string>
  kind: string
  key_id: string
  nonce: Uint8Array
  ciphertext: Uint8Array
  binding: Generated<string>
  certificate: string | null
  expires_at: Moment
  rejected_at: Moment
  created_at: Timestamp
}

interface OperationRunsTable {
  id: Generated<number>
  workspace_id: number
  tenant_id: number
  initiator_id: string | null
  initiator_name: string | null
  operation: string
  status: string
  outcome: string | null
  reason: JsonColumn
  provider: Generated<string>
  directory_id: string
  scope_key: string
  identity: string
  selection: JsonColumn
  provider_connection_id: number | null
  admitted_at: Moment
  counts: ColumnType<Record<string, number>, unknown, unknown>
  failures: JsonColumn
  progress_done: number | null
  progress_total: number | null
  checkpoint: JsonColumn
  attempt: Generated<number>
  fencing_token: Generated<number>
  lease_until: Moment
  heartbeat_at: Moment
  wake_at: Moment
  waits_for: string | null
  waits: Generated<number>
  held_up_since: Moment
  cancel_requested_at: Moment
  cancelled_by: string | null
  collapse_key: string | null
  tries: Generated<number>
  last_tried_at: Moment
  correlation_id: Generated<string>
  created_at: Timestamp
  started_at: Moment
  finished_at: Moment
  /** The transaction that changed it last; kept by a trigger. */
  changed_by: ColumnType<string | null, never, never>
}

interface OperationRunEventsTable {
  id: Generated<number>
  run_id: number
  tenant_id: number
  kind: string
  stretch: number
  times: Generated<number>
  first_at: Timestamp
  last_at: Timestamp
  until: Moment
}

interface WaitingStartsTable {
  id: Generated<number>
  workspace_id: number
  tenant_id: number
  person_id: string | null
  person_name: string
  key_id: string | null
  operation: string
  selection: JsonColumn
  provider_connection_id: number | null
  scope_key: string
  state: Generated<string>
  run_id: number | null
  reason: JsonColumn
  faults: Generated<number>
  cancelled_by: string | null
  cancelled_by_id: string | null
  onboarding_session_id: number | null
  position: number | null
  skipped_by: string | null
  asked_at: Timestamp
  ended_at: Moment
  /** Kept by a trigger. */
  changed_by: ColumnType<string, never, never>
}

interface WaitingStartFollowersTable {
  waiting_start_id: number
  person_id: string
  asked_at: Timestamp
}

interface OnboardingSessionsTable {
  id: Generated<number>
  workspace_id: number
  tenant_id: number | null
  connection_id: number | null
  /** Kept by a trigger, as are the version and the time of the last change. */
  connected_at: Moment
  state: Generated<string>
  version: Generated<number>
  begun_by: string | null
  begun_by_name: string
  begun_at: Timestamp
  changed_by_name: string
  changed_at: Timestamp
  changed_by: ColumnType<string, never, never>
  ended_by_name: string | null
  ended_at: Moment
  verification_run_id: number | null
}

interface AuditRecordsTable {
  id: Generated<number>
  at: Timestamp
  workspace_id: number | null
  tenant_id: number | null
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  action: string
  target_kind: string | null
  target_id: string | null
  outcome: string
  run_id: number | null
  facts: JsonColumn
  correlation_id: string | null
}

interface IdempotencyKeysTable {
  user_id: string
  key: string
  request_hash: string
  answer: JsonColumn
  created_at: Timestamp
}

interface NotificationLettersTable {
  notification_id: number
  attempts: Generated<number>
  unsure: Generated<number>
  due_at: Timestamp
  lease_until: Moment
  settled_at: Moment
  settled_as: 'sent' | 'refused' | 'given_up' | 'not_wanted' | null
}

interface NotificationsTable {
  id: Generated<number>
  user_id: string
  run_id: number | null
  waiting_start_id: number | null
  created_at: Timestamp
  read_at: Moment
}

interface VerificationReportsTable {
  run_id: number
  tenant_id: number
  connection_id: number | null
  checks: JsonColumn
  fingerprint: string
  changed_since: Moment
  created_at: Timestamp
}

interface DirectoryRoleDefinitionsTable {
  tenant_id: number
  role_definition_id: string
  display_name: string
  description: string | null
  is_built_in: boolean
  is_enabled: boolean
  raw: JsonColumn
  content_hash: string
  first_seen_at: Timestamp
  last_seen_at: Timestamp
  last_seen_run_id: number
  changed_at: Moment
  gone_since: Moment
}

interface DirectoryGroupsTable {
  tenant_id: number
  group_id: string
  display_name: string
  description: string | null
  mail: string | null
  kind: string
  membership_rule: string | null
  raw: JsonColumn
  full_sync: number
  first_seen_at: Timestamp
  last_seen_at: Timestamp
  last_seen_run_id: number
  changed_at: Moment
  gone_since: Moment
  gone_how: string | null
}

/** Kept by triggers; nobody else writes it. */
interface DirectoryGroupCountsTable {
  tenant_id: number
  shelf: string
  groups: number
}

interface SyncStatesTable {
  tenant_id: number
  selection_key: string
  full_sync: number
  delta_link: string | null
  read_at: Moment
}

interface InventoryItemsTable {
  tenant_id: number
  type: string
  policy_id: string
  item_id: ColumnType<string, never, never>
  display_name: string
  description: string | null
  platform: string | null
  raw: JsonColumn
  settings: JsonColumn | null
  first_seen_at: Timestamp
  last_seen_at: Timestamp
  last_seen_run_id: number
  changed_at: Moment
  gone_since: Moment
}

interface InventoryReadingsTable {
  tenant_id: number
  type: string
  read_run_id: number | null
  read_at: Moment
  refused_run_id: number | null
  refused_at: Moment
  refused_reason: JsonColumn | null
}

interface ComplianceDevicesTable {
  tenant_id: number
  device_id: string
  display_name: string
  user_name: string | null
  serial_number: string | null
  operating_system: string | null
  os_version: string | null
  system: string
  compliance_state: string
  grace_until: Moment
  last_contact_at: Moment
  managed_by: string | null
  raw: JsonColumn
  first_seen_at: Timestamp
  last_seen_at: Timestamp
  last_seen_run_id: number | null
  changed_at: Moment
  gone_since: Moment
  gone_run_id: number | null
  is_silent: ColumnType<boolean, never, never>
  shelf: ColumnType<string, never, never>
}

interface ComplianceChangesTable {
  tenant_id: number
  device_id: string
  observed_at: Timestamp
  run_id: number | null
  state_before: string
  state: string
}

interface ComplianceDeviceCountsTable {
  tenant_id: number
  shelf: string
  system: string
  is_silent: boolean
  devices: number
}

interface ComplianceSnapshotsTable {
  id: Generated<number>
  tenant_id: number
  run_id: number | null
  observed_at: Timestamp
  summary: JsonColumn | null
  compliant: number
  noncompliant: number
  in_grace_period: number
  unknown: number
  error: number
  conflict: number
  config_manager: number
  other: number
  silent: number
  devices: ColumnType<number, never, never>
}
