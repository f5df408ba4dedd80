import { type Kysely, sql } from 'kysely'

/** Lists of a million groups: found by a part of their name, in three orders, counted without counting. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await searchable(db)
  await inOrder(db)
  await counted(db)
  await purged(db)
}

/** The extension that finds parts of words; without the right to add it nothing is changed. */
async function searchable(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_extension where extname = 'pg_trgm') then
        create extension pg_trgm;
      end if;
    exception
      when insufficient_privilege then
        raise exception 'The extension pg_trgm is missing in this database and its user may not add it: let an administrator run "create extension pg_trgm" there, then start again.'
          using errcode = 'insufficient_privilege';
      when undefined_file or feature_not_supported then
        raise exception 'The extension pg_trgm is not installed on this PostgreSQL server: install its contrib modules, then start again.'
          using errcode = 'feature_not_supported';
    end $$`.execute(db)
}

/**
 * Every filter of the list is a union of shelves, and each order has one index with the shelf in front: a page
 * of any filter in any order reads a few entries of each of its shelves. Ids are compared byte by byte.
 */
async function inOrder(db: Kysely<unknown>): Promise<void> {
  await sql`drop index groups_name`.execute(db)
  await sql`
    alter table directory_groups
      alter column group_id type text collate "C",
      add column shelf text collate "C" not null generated always as (
        case
          when gone_since is not null then 'gone'
          when membership_rule is not null then kind || '_dynamic'
          else kind
        end) stored`.execute(db)
  /* Large and small letters and accents make no difference, on whatever database. */
  await sql`create index groups_by_name on directory_groups (tenant_id, shelf,
    (translate(lower(display_name), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy') collate "C"),
    group_id)`.execute(db)
  await sql`create index groups_by_first_seen on directory_groups (tenant_id, shelf, first_seen_at, group_id)`.execute(
    db,
  )
  /* What never changed is older than every change. */
  await sql`create index groups_by_changed on directory_groups (
    tenant_id, shelf, coalesce(changed_at, '-infinity'), group_id)`.execute(db)
  /* The tenant is part of it, or a search would read the hits of every other tenant. */
  await sql`create index groups_search on directory_groups using gin (
    (array[tenant_id]), (display_name || chr(10) || coalesce(mail, '')) gin_trgm_ops)`.execute(db)
}

/** How many groups stand on each shelf, kept by the statements that write them. */
async function counted(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table directory_group_counts (
      tenant_id bigint not null references tenants on delete cascade,
      shelf text collate "C" not null,
      groups bigint not null,
      primary key (tenant_id, shelf),
      constraint group_counts_not_negative check (groups >= 0)
    )`.execute(db)
  await sql`
    insert into directory_group_counts (tenant_id, shelf, groups)
    select tenant_id, shelf, count(*) from directory_groups group by tenant_id, shelf`.execute(db)

  await sql`
    create function count_added_groups() returns trigger language plpgsql as $$
    begin
      insert into directory_group_counts as c (tenant_id, shelf, groups)
      select tenant_id, shelf, count(*) from added group by tenant_id, shelf order by tenant_id, shelf
      on conflict (tenant_id, shelf) do update set groups = c.groups + excluded.groups;
      return null;
    end $$`.execute(db)
  await sql`
    create function count_moved_groups() returns trigger language plpgsql as $$
    begin
      with differences as (
        select tenant_id, shelf, sum(n) as n from (
          select tenant_id, shelf, 1 as n from moved union all select tenant_id, shelf, -1 from before
        ) each group by tenant_id, shelf having sum(n) <> 0
      )
      insert into directory_group_counts as c (tenant_id, shelf, groups)
      select tenant_id, shelf, greatest(n, 0) from differences order by tenant_id, shelf
      on conflict (tenant_id, shelf) do update
        set groups = c.groups + (select n from differences d where d.tenant_id = c.tenant_id and d.shelf = c.shelf);
      return null;
    end $$`.execute(db)
  /* A tenant that goes takes its counts along, so nothing is added here. */
  await sql`
    create function count_removed_groups() returns trigger language plpgsql as $$
    begin
      update directory_group_counts c set groups = c.groups - r.groups
      from (select tenant_id, shelf, count(*) as groups from removed group by tenant_id, shelf) r
      where c.tenant_id = r.tenant_id and c.shelf = r.shelf;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger groups_added after insert on directory_groups referencing new table as added
      for each statement execute function count_added_groups()`.execute(db)
  await sql`
    create trigger groups_moved after update on directory_groups
      referencing old table as before new table as moved
      for each statement execute function count_moved_groups()`.execute(db)
  await sql`
    create trigger groups_removed after delete on directory_groups referencing old table as removed
      for each statement execute function count_removed_groups()`.execute(db)
}

/** For how long a workspace goes on showing what is gone, and the way to what is due. */
async function purged(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workspaces
      add column directory_kept_days integer not null default 90,
      add constraint workspaces_directory_kept check (directory_kept_days between 30 and 3650)`.execute(db)
  for (const [table, name] of [
    ['directory_groups', 'groups_gone'],
    ['directory_role_definitions', 'role_definitions_gone'],
  ] as const)
    await sql`create index ${sql.ref(name)} on ${sql.table(table)} (tenant_id, gone_since)
      where gone_since is not null`.execute(db)
}
