import { type Kysely, sql } from 'kysely'

/**
 * A new credential waits beside the one in use until Microsoft has accepted it: at most one of each, and
 * every credential has an id of its own, to which its ciphertext is bound. Those sealed before are bound
 * to their connection alone; they are only ever in use, and are bound anew when they are sealed again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table credentials
      add column id uuid not null default gen_random_uuid(),
      add column slot text not null default 'in_use',
      add column binding text not null default 'connection',
      add column certificate text,
      drop constraint credentials_pkey,
      add constraint credentials_pkey primary key (connection_id, slot),
      add constraint credentials_id unique (id),
      add constraint credentials_slot_known check (slot in ('in_use', 'next')),
      add constraint credentials_binding_known check (binding in ('connection', 'credential')),
      add constraint credentials_next_is_bound_to_itself check (slot = 'in_use' or binding = 'credential'),
      add constraint credentials_certificate_has_public_part
        check ((kind = 'certificate') = (certificate is not null)),
      add constraint credentials_certificate_is_public
        check (certificate like '-----BEGIN CERTIFICATE-----%' and position('PRIVATE KEY' in certificate) = 0)`.execute(
    db,
  )
  await sql`alter table credentials alter column binding set default 'credential'`.execute(db)
  /* What ends soon is looked up by its end. */
  await sql`create index credentials_expires_at on credentials (expires_at) where expires_at is not null`.execute(
    db,
  )

  /*
   * Until when the credential that waits is good, 'infinity' where nobody said, null without one: a
   * decision reads it off the connection and needs no further look into the credentials.
   */
  await sql`alter table provider_connections add column next_credential_until timestamptz`.execute(db)
  await sql`
    create or replace function credentials_touch_connection() returns trigger language plpgsql as $$
    begin
      update provider_connections c set version = c.version + 1, next_credential_until = (
          select coalesce(n.expires_at, 'infinity') from credentials n where n.connection_id = c.id and n.slot = 'next'
        )
        where c.id = coalesce(new.connection_id, old.connection_id);
      return coalesce(new, old);
    end $$`.execute(db)
}
