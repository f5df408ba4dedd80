import { type Kysely, sql } from 'kysely'

/** How people come (invitations), prove themselves (second factor, reset links), and go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await keepAnOwner(db)
  await invitations(db)
  await secondFactor(db)
  await resetLinks(db)
  await lastSeen(db)
}

/**
 * A workspace never loses its last owner who reaches all of its tenants: nobody could give that back. The
 * workspace's row is locked before anybody is counted, so that two owners who are demoted at the same
 * moment are judged one after the other. It is locked first, before the guards of the tenants.
 */
async function keepAnOwner(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function memberships_keep_an_owner() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and new.role = 'owner' and new.reach = 'all' and new.workspace_id = old.workspace_id then
        return new;
      end if;
      perform 1 from workspaces w where w.id = old.workspace_id for no key update;
      if found and not exists (
        select from workspace_memberships m
        where m.workspace_id = old.workspace_id and m.id <> old.id and m.role = 'owner' and m.reach = 'all'
      ) then
        raise exception 'a workspace keeps its last owner'
          using errcode = 'check_violation', constraint = 'memberships_keep_an_owner';
      end if;
      return case when tg_op = 'UPDATE' then new else old end;
    end $$`.execute(db)
  await sql`
    create trigger memberships_keep_an_owner before update or delete on workspace_memberships
      for each row when (old.role = 'owner' and old.reach = 'all')
      execute function memberships_keep_an_owner()`.execute(db)
}

/**
 * Invitations by link: bound to one address, good for one use, kept as a hash. What is to be reached is
 * written beside it, so that accepting needs nothing from whoever accepts but their consent.
 */
async function invitations(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table invitations (
      id bigint generated always as identity primary key,
      workspace_id bigint not null references workspaces on delete cascade,
      email text not null,
      role text not null,
      reach text not null,
      token_hash text not null unique,
      inviter_id text references users on delete set null,
      inviter_name text not null,
      created_at timestamptz not null default now(),
      sent_at timestamptz not null default now(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      revoked_at timestamptz,
      constraint invitations_email_lower check (email = lower(email) and length(email) between 3 and 254),
      constraint invitations_role_known check (role in ('readonly', 'operator', 'manager', 'owner')),
      constraint invitations_reach_known check (reach in ('all', 'selected')),
      constraint invitations_expire_within_a_week check (expires_at <= sent_at + interval '7 days'),
      constraint invitations_end_once check (accepted_at is null or revoked_at is null),
      constraint invitations_with_workspace unique (id, workspace_id)
    )`.execute(db)
  await sql`
    create unique index invitations_one_pending on invitations (workspace_id, email)
      where accepted_at is null and revoked_at is null`.execute(db)
  await sql`create index invitations_inviter on invitations (inviter_id)`.execute(db)
  await sql`
    create table invitation_tenants (
      invitation_id bigint not null,
      tenant_id bigint not null,
      workspace_id bigint not null,
      role text,
      constraint invitation_tenants_role_known check (role in ('readonly', 'operator', 'manager', 'owner')),
      constraint invitation_tenants_invitation foreign key (invitation_id, workspace_id)
        references invitations (id, workspace_id) on delete cascade,
      constraint invitation_tenants_of_workspace foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade,
      primary key (invitation_id, tenant_id)
    )`.execute(db)
  await sql`create index invitation_tenants_tenant on invitation_tenants (tenant_id)`.execute(db)
}

/** The second factor belongs to Better Auth, which encrypts its secret and its backup codes. */
async function secondFactor(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column two_factor_enabled boolean default false`.execute(db)
  await sql`
    create table two_factors (
      id text primary key,
      secret text not null,
      backup_codes text not null,
      user_id text not null references users on delete cascade,
      verified boolean default true,
      failed_verification_count integer default 0,
      locked_until timestamptz,
      constraint two_factors_one_each unique (user_id)
    )`.execute(db)
  await sql`create index two_factors_secret on two_factors (secret)`.execute(db)
}

/**
 * One-time links under which somebody chooses a new password; `maker_id` is who made it for them, if not they.
 * Only such a link may also turn off the second factor: an e-mail alone does not.
 */
async function resetLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table password_reset_links (
      token_hash text primary key,
      user_id text not null references users on delete cascade,
      maker_id text references users on delete cascade,
      drops_second_factor boolean not null default false,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      constraint password_reset_links_drop_is_given check (maker_id is not null or not drops_second_factor)
    )`.execute(db)
  await sql`create index password_reset_links_user on password_reset_links (user_id, created_at)`.execute(db)
  await sql`create index password_reset_links_maker on password_reset_links (maker_id)`.execute(db)
}

/** When a person was last here outlives their sessions. */
async function lastSeen(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column last_seen_at timestamptz`.execute(db)
  await sql`
    create function sessions_show_their_person() returns trigger language plpgsql as $$
    begin
      update users set last_seen_at = now() where id = new.user_id;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger sessions_show_their_person after insert or update of updated_at on sessions
      for each row execute function sessions_show_their_person()`.execute(db)
}
