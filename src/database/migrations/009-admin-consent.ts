import { type Kysely, sql } from 'kysely'

/**
 * Admin consent to the central app of the installation. A platform connection counts as consented only by
 * the sign-in of an administrator of its directory: the consent it names has to be about the same
 * connection, the same directory and the same app, and one consent serves one connection.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consents (
      id bigint generated always as identity primary key,
      connection_id bigint not null references provider_connections on delete cascade,
      directory_id uuid not null,
      client_id uuid not null,
      administrator_id uuid not null,
      administrator_name text not null,
      directory_roles uuid[] not null,
      recorded_by text references users on delete set null,
      granted_at timestamptz not null default now(),
      constraint consents_by_an_administrator check (cardinality(directory_roles) > 0),
      constraint consents_of_an_app unique (id, connection_id, directory_id, client_id)
    )`.execute(db)
  await sql`create index consents_connection on consents (connection_id)`.execute(db)

  /* A consent that was asked for and not yet answered. Only the hash of its state is kept; the first answer deletes the row. */
  await sql`
    create table consent_requests (
      state_hash text primary key,
      step text not null,
      connection_id bigint not null references provider_connections on delete cascade,
      directory_id uuid not null,
      client_id uuid not null,
      user_id text not null references users on delete cascade,
      session_id text not null references sessions on delete cascade,
      nonce text,
      code_verifier text,
      expires_at timestamptz not null,
      constraint consent_requests_step_known check (step in ('consent', 'sign_in')),
      constraint consent_requests_sign_in_is_bound
        check ((step = 'sign_in') = (nonce is not null and code_verifier is not null))
    )`.execute(db)
  await sql`create index consent_requests_age on consent_requests (expires_at)`.execute(db)

  await sql`
    alter table provider_connections
      add column consent_id bigint,
      add constraint connections_consent_once unique (consent_id),
      add constraint connections_consent_of_app foreign key (consent_id, id, directory_id, client_id)
        references consents (id, connection_id, directory_id, client_id),
      add constraint connections_platform_consent_proven
        check (connection_type <> 'platform' or (consent_status = 'granted') = (consent_id is not null)),
      add constraint connections_consent_of_platform check (connection_type = 'platform' or consent_id is null),
      add constraint connections_with_type unique (id, connection_type)`.execute(db)

  /* A platform connection never falls back to a credential of its own: it cannot have one. */
  await sql`
    alter table credentials
      add column connection_type text not null default 'dedicated',
      add constraint credentials_of_dedicated check (connection_type = 'dedicated'),
      add constraint credentials_of_type foreign key (connection_id, connection_type)
        references provider_connections (id, connection_type)`.execute(db)
}
