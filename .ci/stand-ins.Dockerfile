# What .ci/engine has in place of the images nginx and postgres of a registry: the same programs, of Debian's packages.
FROM python:stand-in AS nginx
CMD ["nginx", "-g", "daemon off;"]

FROM python:stand-in AS postgres
RUN useradd --system postgres && install --directory --owner postgres /run/postgresql
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGDATA=/var/lib/postgresql/data
# Like the image's own: first a server that answers at its socket alone, in which the database is made.
COPY --chmod=755 <<'EOF' /start
#!/bin/sh
set -eu
if [ "$(id -u)" = 0 ]; then
    chown postgres "$PGDATA"
    exec setpriv --reuid postgres --clear-groups "$0"
fi
echo "$POSTGRES_PASSWORD" >/tmp/password
initdb --locale C.UTF-8 --username "$POSTGRES_USER" --pwfile /tmp/password --auth-local trust --auth-host scram-sha-256
pg_ctl --wait --options '-c listen_addresses=' start
createdb --username "$POSTGRES_USER" "$POSTGRES_DB"
pg_ctl --wait --mode fast stop
echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
exec postgres -c 'listen_addresses=*'
EOF
CMD ["/start"]
