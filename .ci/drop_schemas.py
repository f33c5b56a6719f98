"""Drop the schemas of a PostgreSQL database whose names begin with a prefix: `drop_schemas.py URL PREFIX`."""

import sys

import psycopg
from psycopg import sql

url, prefix = sys.argv[1:]
with psycopg.connect(url, autocommit=True) as connection:
    found = connection.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [prefix]).fetchall()
    for (name,) in found:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))
