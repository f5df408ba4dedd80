import { type Kysely, sql } from 'kysely'

/**
 * Provider connections: how we reach a tenant, and what we last saw of it. Everything a decision
 * reads here bumps the version, which the commit of a start compares under a lock.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table provider_connections (
      id bigint generated always as identity primary key,
      workspace_id bigint not null,
      tenant_id bigint not null,
      provider text not null default 'microsoft',
      connection_type text not null default 'dedicated',
      directory_id uuid not null,
      client_id uuid not null,
      label text not null,
      is_enabled boolean not null default true,
      is_default boolean not null default false,
      consent_status text not null default 'unknown',
      verification_status text not null default 'unknown',
      granted_permissions text[],
      evidence_at timestamptz,
      last_check_at timestamptz,
      last_check_run_id bigint,
      last_reason jsonb,
      throttled_until timestamptz,
      version bigint not null default 1,
      created_at timestamptz not null default now(),
      constraint connections_provider_known check (provider in ('microsoft')),
      constraint connections_type_known check (connection_type in ('platform', 'dedicated')),
      constraint connections_consent_known
        check (consent_status in ('unknown', 'required', 'granted', 'failed', 'revoked')),
      constraint connections_verification_known
        check (verification_status in ('unknown', 'pending', 'healthy', 'degraded', 'blocked', 'error')),
      constraint connections_evidence_has_time check ((granted_permissions is null) = (evidence_at is null)),
      constraint connections_label_given check (length(trim(label)) between 1 and 500),
      constraint connections_of_tenant foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade,
      constraint connections_once unique (tenant_id, provider, directory_id, client_id),
      constraint connections_with_tenant unique (id, tenant_id)
    )`.execute(db)
  await sql`
    create unique index connections_one_default on provider_connections (tenant_id, provider)
      where is_default`.execute(db)
  await sql`create index connections_workspace on provider_connections (workspace_id)`.execute(db)

  /* One credential per dedicated connection, encrypted and bound to its row; see docs/configuration.md. */
  await sql`
    create table credentials (
      connection_id bigint primary key references provider_connections on delete cascade,
      kind text not null,
      key_id text not null,
      nonce bytea not null,
      ciphertext bytea not null,
      expires_at timestamptz,
      rejected_at timestamptz,
      created_at timestamptz not null default now(),
      constraint credentials_kind_known check (kind in ('client_secret', 'certificate'))
    )`.execute(db)

  await sql`
    create function connections_version() returns trigger language plpgsql as $$
    begin
      new.version := old.version + 1;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger connections_version before update on provider_connections
      for each row execute function connections_version()`.execute(db)
  await sql`
    create function credentials_touch_connection() returns trigger language plpgsql as $$
    begin
      update provider_connections set version = version + 1
        where id = coalesce(new.connection_id, old.connection_id);
      return coalesce(new, old);
    end $$`.execute(db)
  await sql`
    create trigger credentials_touch_connection after insert or update or delete on credentials
      for each row execute function credentials_touch_connection()`.execute(db)
}
