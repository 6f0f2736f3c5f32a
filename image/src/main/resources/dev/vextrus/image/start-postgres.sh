#!/bin/sh
# Starts the trial PostgreSQL, making its files the first time.
#   VEXTRUS_POSTGRES_DATA           a folder on a volume that this user may write to
#   VEXTRUS_POSTGRES_PASSWORD_FILE  a file with the password of the superuser 'postgres'
set -eu

: "${VEXTRUS_POSTGRES_DATA:?name a folder on a volume}"
: "${VEXTRUS_POSTGRES_PASSWORD_FILE:?name a file with the password of the user postgres}"
data=$VEXTRUS_POSTGRES_DATA/postgres
made=$VEXTRUS_POSTGRES_DATA/made

if [ ! -e "$made" ]; then
  # Killed while it was being made, it is made again from the start: nothing was ever stored in it.
  rm -rf "$data"
  initdb --pgdata="$data" --username=postgres --pwfile="$VEXTRUS_POSTGRES_PASSWORD_FILE" --auth=scram-sha-256 \
    --data-checksums --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8
  echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
  echo made >"$made"
fi

# A commit that was answered survives: fsync, synchronous_commit and full_page_writes stay on.
postgres -D "$data" \
  -c listen_addresses='*' -c port=5432 -c unix_socket_directories='' \
  -c max_connections="${VEXTRUS_POSTGRES_CONNECTIONS:-200}" -c shared_buffers="${VEXTRUS_POSTGRES_BUFFERS:-128MB}" \
  -c password_encryption=scram-sha-256 -c timezone=UTC \
  -c fsync=on -c synchronous_commit=on -c full_page_writes=on \
  -c max_wal_size=2GB -c checkpoint_timeout=15min -c jit=off &
server=$!
# Told to end, PostgreSQL would wait for its clients to go: it is told to end their sessions instead.
trap 'kill -INT "$server" 2>/dev/null || true' TERM INT
code=0
wait "$server" || code=$?
while kill -0 "$server" 2>/dev/null; do
  code=0
  wait "$server" || code=$?
done
exit "$code"
