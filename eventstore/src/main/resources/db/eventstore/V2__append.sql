-- The one door for writing. It runs as the owner; the appender may execute it and has no right on the tables but to read.
-- Whoever calls has taken the log's lock and read the ends of the log under it; taking it again costs nothing, and makes
-- sure that a caller who has not cannot break the order.
CREATE FUNCTION append(
    p_release text, p_recorded_at timestamptz,
    p_first_position bigint,
    p_tenants text[], p_streams text[], p_versions bigint[], p_ids uuid[], p_types text[], p_schema_versions integer[],
    p_payloads bytea[], p_series text[], p_numbers bigint[], p_actors text[], p_correlation_ids uuid[],
    p_causation_ids uuid[], p_hashes bytea[],
    p_first_sequence bigint,
    p_command_tenants text[], p_principals text[], p_keys text[], p_body_hashes text[], p_command_types text[],
    p_bodies bytea[], p_decided_micros bigint[], p_reads text[], p_refusals bytea[], p_first_positions bigint[],
    p_last_positions bigint[],
    p_chain_tenants text[], p_chain_positions bigint[], p_chain_hashes bytea[],
    p_series_tenants text[], p_series_names text[], p_series_lasts bigint[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7311142570156650343);
    IF cardinality(p_tenants) > 0 THEN
        IF p_first_position <= coalesce((SELECT max(e.position) FROM events e), 0) THEN
            RAISE EXCEPTION 'append: position % is behind the head of the log', p_first_position
                USING ERRCODE = 'serialization_failure';
        END IF;
        INSERT INTO events (position, version, number, recorded_at, id, correlation_id, causation_id, schema_version,
                            tenant, stream, type, actor, release, series, payload, hash)
        SELECT p_first_position - 1 + n.ordinal, n.version, n.number, p_recorded_at, n.id, n.correlation_id,
               n.causation_id, n.schema_version, n.tenant, n.stream, n.type, n.actor, p_release, n.series, n.payload,
               n.hash
        FROM unnest(p_tenants, p_streams, p_versions, p_ids, p_types, p_schema_versions, p_payloads, p_series,
                    p_numbers, p_actors, p_correlation_ids, p_causation_ids, p_hashes) WITH ORDINALITY
             AS n (tenant, stream, version, id, type, schema_version, payload, series, number, actor, correlation_id,
                   causation_id, hash, ordinal);
        INSERT INTO chains AS c (tenant, position, hash)
        SELECT * FROM unnest(p_chain_tenants, p_chain_positions, p_chain_hashes)
        ON CONFLICT (tenant) DO UPDATE SET position = excluded.position, hash = excluded.hash;
        PERFORM pg_notify('eventlog', (p_first_position - 1 + cardinality(p_tenants))::text);
    END IF;
    IF cardinality(p_keys) > 0 THEN
        INSERT INTO commands (sequence, first_position, last_position, decided_at, tenant, principal, key, body_hash,
                              type, release, reads, body, refusal)
        SELECT p_first_sequence - 1 + n.ordinal, n.first_position, n.last_position,
               -- Microseconds since 1970: exact, and far cheaper to take apart than a text.
               timestamptz 'epoch' + n.decided_micros * interval '1 microsecond', n.tenant, n.principal, n.key,
               n.body_hash, n.type, p_release, n.reads, n.body, n.refusal
        FROM unnest(p_command_tenants, p_principals, p_keys, p_body_hashes, p_command_types, p_bodies, p_decided_micros,
                    p_reads, p_refusals, p_first_positions, p_last_positions) WITH ORDINALITY
             AS n (tenant, principal, key, body_hash, type, body, decided_micros, reads, refusal, first_position,
                   last_position, ordinal);
    END IF;
    IF cardinality(p_series_names) > 0 THEN
        INSERT INTO series (tenant, name, last)
        SELECT * FROM unnest(p_series_tenants, p_series_names, p_series_lasts)
        ON CONFLICT (tenant, name) DO UPDATE SET last = excluded.last;
    END IF;
END
$$;
