-- Last: every table is closed, then opened to the projector wholly and to the reader for one tenant at a time.
-- A reader that names no tenant sees nothing. Even the owner is held to it.
grant usage on schema ${schema} to ${projector}, ${reader};
do $$
declare
    relation text;
    of_tenant boolean;
begin
    for relation, of_tenant in
        select c.relname,
               exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant' and a.attnum > 0)
        from pg_class c
        where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format('alter table ${schema}.%I enable row level security', relation);
        execute format('alter table ${schema}.%I force row level security', relation);
        execute format('grant select, insert, update, delete on ${schema}.%I to ${projector}', relation);
        execute format('grant select on ${schema}.%I to ${reader}', relation);
        execute format('create policy projector on ${schema}.%I to ${projector} using (true) with check (true)', relation);
        if of_tenant then
            execute format(
                'create policy one_tenant on ${schema}.%I for select to ${reader}'
                || ' using (tenant = (select nullif(current_setting(''vextrus.tenant'', true), '''')))', relation);
        else
            execute format('create policy no_tenant on ${schema}.%I for select to ${reader} using (true)', relation);
        end if;
    end loop;
end
$$;
