/**
 * `log.append`, the one way into the log. Its order of steps is the guarantee: streams in sorted order, then
 * the log's own lock LAST, then numbering. The holder of that lock waits for nobody, and releases it only when its
 * rows are visible: so positions are handed out in the order of commits, and nobody who reads up to a position
 * can find an earlier one later. Each statement of a volatile function has a snapshot of its own, so what follows
 * a lock sees what the previous holder committed (hence READ COMMITTED only).
 *
 * SQLSTATEs: LY001 version conflict, LY002 event id reused, LY003 second append in a transaction,
 * LY004 isolation level; 55P03 (lock_timeout) somebody holds a lock for too long.
 */
export const APPEND = `
  -- The digest of an event: one line with a JSON array of its columns (strings or null), then its data as stored.
  create function log.digest("position" bigint, list text, version bigint, event_id uuid, type text, subject text, effective_at text,
    cause text, change_class text, schema_version integer, recorded_at text, batch_end bigint, data text)
  returns bytea language sql stable parallel safe as $$ -- stable, as json_build_array is: PostgreSQL then inlines it
    select sha256(convert_to(json_build_array(position::text, list, version::text, event_id::text, type, subject, effective_at,
      cause, change_class, schema_version::text, recorded_at, batch_end::text)::text || e'\\n' || data, 'UTF8'))
  $$;

  -- An instant as RFC 3339 in UTC with microseconds.
  create function log.instant(at timestamptz) returns text language sql stable parallel safe as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $$;

  -- The answer to an append whose event ids are in the log already: the first answer if it is the same append.
  create function log.answer_again(ids uuid[], events json, contents text[])
  returns table (first_position bigint, last_position bigint, recorded text, versions json) language plpgsql stable as $$
  declare
    odd uuid;
  begin
    select min(e.position), max(e.position), log.instant(min(e.recorded_at))
      into first_position, last_position, recorded
      from log.events e where e.event_id = any(ids);
    select n.id into odd
      from rows from (json_to_recordset(events) as (id uuid, list text, type text, subject text, "effectiveAt" text, cause text,
        "changeClass" text, "schemaVersion" integer), unnest(contents)) with ordinality
        as n (id, list, type, subject, effective_at, cause, change_class, schema_version, data, ordinal)
      left join log.events e
        on e.event_id = n.id and e.position = first_position + n.ordinal - 1 and e.batch_end = last_position
       and (e.list, e.type, e.subject, e.cause, e.schema_version, e.data::text)
         = (n.list, n.type, n.subject, n.cause, n.schema_version, n.data)
       and e.effective_at is not distinct from n.effective_at and e.change_class is not distinct from n.change_class
      where e.event_id is null limit 1;
    -- The same events, but the first append began before them.
    if odd is null and exists (select from log.events e where e.position = first_position - 1 and e.batch_end = last_position) then
      odd := ids[1];
    end if;
    if odd is not null then
      raise exception 'event id % is in the log with other content, or as part of another append', odd
        using errcode = 'LY002', detail = odd::text;
    end if;
    select json_object_agg(v.list, v.version::text) into versions
      from (select e.list, max(e.version) as version from log.events e where e.event_id = any(ids) group by e.list) v;
    return next;
  end $$;

  -- events: a JSON array of objects with everything but data; contents: their data, as JSON text.
  create function log.append(ids uuid[], events json, contents text[], lists text[], expected bigint[], patience_ms integer)
  returns table (first_position bigint, last_position bigint, recorded text, versions json)
  language plpgsql volatile set lock_timeout = 0 set work_mem = '64MB' as $$
  declare
    wrong record;
    previous record;
    now timestamptz;
    counted bigint;
  begin
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'an append needs READ COMMITTED, not %', upper(current_setting('transaction_isolation')) using errcode = 'LY004';
    end if;
    if coalesce(current_setting('listory.appended', true), '') <> '' then
      raise exception 'this transaction has appended already' using errcode = 'LY003';
    end if;
    perform set_config('listory.appended', 'yes', true), set_config('lock_timeout', patience_ms::text, true);

    perform from log.streams s where s.list = any(lists) order by s.list for update;
    get diagnostics counted = row_count;
    if counted < cardinality(lists) then
      insert into log.streams (list, version)
        select l, 0 from unnest(lists) l order by l collate "C" on conflict do nothing;
      perform from log.streams s where s.list = any(lists) order by s.list for update;
    end if;

    if exists (select from log.events e where e.event_id = any(ids)) then
      return query select * from log.answer_again(ids, events, contents);
      return;
    end if;

    select s.list, s.version, x.version as expected into wrong
      from unnest(lists, expected) x (list, version) join log.streams s on s.list = x.list
      where s.version <> x.version order by s.list limit 1;
    if found then
      raise exception 'list % is at version %, not %', wrong.list, wrong.version, wrong.expected
        using errcode = 'LY001', detail = json_build_object('list', wrong.list, 'expected', wrong.expected::text, 'actual', wrong.version::text)::text;
    end if;

    perform pg_advisory_xact_lock(7106407); -- 'log'
    select e.position, e.recorded_at into previous from log.events e order by e.position desc limit 1;
    first_position := coalesce(previous.position, 0) + 1;
    last_position := first_position + cardinality(ids) - 1;
    now := greatest(clock_timestamp(), previous.recorded_at);
    recorded := log.instant(now);

    with inserted as (
      insert into log.events
      select p.position, p.list, p.version, p.id, p.type, p.subject, p.effective_at, p.cause, p.change_class, p.schema_version,
        now, last_position, p.data::json,
        log.digest(p.position, p.list, p.version, p.id, p.type, p.subject, p.effective_at, p.cause, p.change_class, p.schema_version,
          recorded, last_position, p.data)
      from (
        select n.*, first_position + n.ordinal - 1 as position,
          s.version + row_number() over (partition by n.list order by n.ordinal) as version
        from rows from (json_to_recordset(events) as (id uuid, list text, type text, subject text, "effectiveAt" text, cause text,
          "changeClass" text, "schemaVersion" integer), unnest(contents)) with ordinality
          as n (id, list, type, subject, effective_at, cause, change_class, schema_version, data, ordinal)
        join log.streams s on s.list = n.list and s.list = any(lists)
      ) p order by p.position
      returning log.events.list
    ), grown as (
      update log.streams s set version = s.version + n.events
      from (select i.list, count(*) as events from inserted i group by i.list) n
      where s.list = n.list returning s.list, s.version, n.events
    )
    select json_object_agg(g.list, g.version::text), coalesce(sum(g.events), 0) into versions, counted from grown g;
    if counted <> cardinality(ids) then
      raise exception 'append of % events to lists % would have recorded %', cardinality(ids), lists, counted;
    end if;
    perform pg_notify('listory_log', last_position::text);
    return next;
  end $$;
`;
