import { type Kysely, sql } from 'kysely'

/**
 * People and how they sign in. The tables belong to Better Auth, which reads and writes them by
 * these names; the last three columns of users are ours: how a person wants to be spoken to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id text primary key,
      name text not null,
      email text not null unique,
      email_verified boolean not null default false,
      image text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      language text,
      time_zone text,
      theme text,
      constraint users_language_known check (language in ('en', 'de')),
      constraint users_theme_known check (theme in ('light', 'dark'))
    )`.execute(db)
  await sql`
    create table sessions (
      id text primary key,
      user_id text not null references users on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      workspace_id bigint,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index sessions_user on sessions (user_id)`.execute(db)
  await sql`
    create table accounts (
      id text primary key,
      account_id text not null,
      provider_id text not null,
      user_id text not null references users on delete cascade,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index accounts_user on accounts (user_id)`.execute(db)
  await sql`
    create table verifications (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index verifications_identifier on verifications (identifier)`.execute(db)
  await sql`
    create table rate_limits (
      id text primary key,
      key text not null unique,
      count integer not null,
      last_request bigint not null
    )`.execute(db)
  await sql`
    create table api_keys (
      id text primary key,
      config_id text not null,
      name text,
      start text,
      reference_id text not null references users on delete cascade,
      prefix text,
      key text not null unique,
      refill_interval integer,
      refill_amount integer,
      last_refill_at timestamptz,
      enabled boolean,
      rate_limit_enabled boolean,
      rate_limit_time_window integer,
      rate_limit_max integer,
      request_count integer,
      remaining integer,
      last_request timestamptz,
      expires_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      permissions text,
      metadata text
    )`.execute(db)
  await sql`create index api_keys_reference on api_keys (reference_id)`.execute(db)
  await sql`create index api_keys_config on api_keys (config_id)`.execute(db)
  /* The one-time link with which the first owner of an installation sets it up. Only its hash is kept. */
  await sql`
    create table setup_links (
      token_hash text primary key,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(db)
}
