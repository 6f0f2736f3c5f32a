-- The same door for a writer that foresaw where the log would end when its turn comes: it planned on that end while the
-- batch before was still being committed. Under the lock the end is compared. The hash of the last event covers its
-- position, its time and all of its tenant's chain before it, so no other end passes for the foreseen one.
-- Answers 'written'; or, with nothing written, 'early' (the log is not yet so far) or 'overtaken' (it ends otherwise).
CREATE FUNCTION append_after(
    p_last_position bigint, p_last_hash bytea, p_last_sequence bigint,
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
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = eventlog, pg_catalog, pg_temp AS $$
DECLARE
    head record;
    sequence bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7311142570156650343);
    SELECT e.position, e.hash INTO head FROM events e ORDER BY e.position DESC LIMIT 1;
    sequence := coalesce((SELECT max(c.sequence) FROM commands c), 0);
    IF coalesce(head.position, 0) < p_last_position OR sequence < p_last_sequence THEN
        RETURN 'early';
    END IF;
    IF coalesce(head.position, 0) > p_last_position OR sequence > p_last_sequence
       OR head.hash IS DISTINCT FROM p_last_hash THEN
        RETURN 'overtaken';
    END IF;
    PERFORM append(
            p_release, p_recorded_at, p_first_position, p_tenants, p_streams, p_versions, p_ids, p_types,
            p_schema_versions, p_payloads, p_series, p_numbers, p_actors, p_correlation_ids, p_causation_ids,
            p_hashes, p_first_sequence, p_command_tenants, p_principals, p_keys, p_body_hashes, p_command_types,
            p_bodies, p_decided_micros, p_reads, p_refusals, p_first_positions, p_last_positions, p_chain_tenants,
            p_chain_positions, p_chain_hashes, p_series_tenants, p_series_names, p_series_lasts);
    RETURN 'written';
END
$$;

REVOKE ALL ON FUNCTION append_after FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_after TO vextrus_appender;
