r"""Imports a CSV of contacts through the Bulk API: `python examples/import_contacts.py contacts.csv`.

It is an Eloqua client like any other: with --base-url https://login.eloqua.com and a login of one's own
(--user 'Company\user') the same calls go to the real thing.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import httpx2
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

CHUNK = 5000
"""Rows in one upload."""
SHOWN_REJECTS = 20
ADDRESS = "C_EmailAddress"

Row = dict[str, str]
console = Console(markup=False, highlight=False)


class Trouble(Exception):
    """Something that the caller can mend; the text is one line."""


class Eloqua:
    """A session with one user's site."""

    def __init__(self, client: httpx2.Client, base_url: str) -> None:
        """Sign in: `/id` knows where the APIs are."""
        self._client = client
        try:
            known = self._call("GET", f"{base_url.rstrip('/')}/id").json()
            if isinstance(known, str):  # a refused login is a 200 with a string
                raise Trouble(f"{base_url} does not know this user with this password: {known}")
            apis = known["urls"]["apis"]["rest"]
            self.site, self.user = known["site"]["name"], known["user"]["username"]
        except (ValueError, KeyError, TypeError) as error:
            raise Trouble(f"{base_url} does not answer like an Eloqua") from error
        self._rest = apis["standard"].replace("{version}", "1.0")
        self._bulk = apis["bulk"].replace("{version}", "2.0").rstrip("/")

    def rest(self, path: str, **parameters: str) -> Any:
        """GET from REST 1.0."""
        return self._call("GET", self._rest + path, params=parameters).json()

    def bulk(self, method: str, path: str, body: Any = None, **parameters: Any) -> Any:
        """A call to Bulk 2.0; what it answers, None for nothing."""
        given = {} if body is None else {"json": body}
        answer = self._call(method, self._bulk + path, params=parameters, **given)
        return answer.json() if answer.content else None

    def items(self, path: str) -> Iterator[dict[str, Any]]:
        """All items of a Bulk list, page by page."""
        more, offset = True, 0
        while more:
            page = self.bulk("GET", path, offset=offset)
            yield from page["items"]
            more, offset = page["hasMore"], offset + page["count"]

    def _call(self, method: str, url: str, **options: Any) -> httpx2.Response:
        answer = self._client.request(method, url, **options)
        if answer.is_error:
            said = answer.text if "json" in answer.headers.get("content-type", "") else ""
            raise Trouble(f"{method} {url} answers {answer.status_code} {answer.reason_phrase} {said}".strip())
        return answer


def columns_of(eloqua: Eloqua, header: list[str]) -> dict[str, dict[str, Any]]:
    """The contact field for each column that has one, by its display name or its internal name."""
    fields = {
        name.casefold(): field
        for field in eloqua.items("/contacts/fields")
        if not field["hasReadOnlyConstraint"]
        for name in (field["name"], field["internalName"])
    }
    found = {column: fields[name] for column in header if (name := column.strip().casefold()) in fields}
    if ADDRESS not in (field["internalName"] for field in found.values()):
        raise Trouble(f"no column is called Email Address or {ADDRESS}; there are {', '.join(header) or 'none'}")
    return found


def define(eloqua: Eloqua, columns: dict[str, dict[str, Any]], name: str) -> str:
    """A new import definition, its uri."""
    definition = {
        "name": name,
        "fields": {field["internalName"]: field["statement"] for field in columns.values()},
        "identifierFieldName": ADDRESS,
    }
    return str(eloqua.bulk("POST", "/contacts/imports", definition)["uri"])


def rows_of(file: TextIO, columns: dict[str, dict[str, Any]], seen: Callable[[str], None]) -> Iterator[Row]:
    """The rows of a CSV, by the internal names of the fields; *seen* hears of every line that was read."""

    def lines() -> Iterator[str]:
        for line in file:
            seen(line)
            yield line

    reader = csv.DictReader(lines())
    names = [(column, field["internalName"]) for column, field in columns.items()]
    for row in reader:
        if None in row:
            raise Trouble(f"line {reader.line_num} has more cells than there are columns")
        yield {name: row[column] or "" for column, name in names}


def upload(eloqua: Eloqua, uri: str, path: Path, columns: dict[str, dict[str, Any]]) -> list[Row]:
    """Stage a whole file, chunk by chunk; its first rows."""
    first: list[Row] = []
    count = 0
    look = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with opened(path) as file, Progress(*look, console=console) as progress:
        task = progress.add_task("Uploading", total=path.stat().st_size)
        rows = rows_of(file, columns, lambda line: progress.advance(task, len(line.encode())))
        while chunk := list(islice(rows, CHUNK)):
            eloqua.bulk("POST", f"{uri}/data", chunk)
            first, count = first or chunk, count + len(chunk)
            progress.update(task, description=f"Uploaded {count:,} rows")
        progress.update(task, completed=path.stat().st_size)
    return first


def opened(path: Path) -> TextIO:
    """The file as text, with its line ends, without a byte order mark."""
    return path.open(encoding="utf-8-sig", newline="")


def sync(eloqua: Eloqua, uri: str) -> dict[str, Any]:
    """Run an import to its end."""
    run: dict[str, Any] = eloqua.bulk("POST", "/syncs", {"syncedInstanceUri": uri})
    with console.status("Waiting for the sync"):
        while run["status"] in ("pending", "active"):
            time.sleep(0.2)
            run = eloqua.bulk("GET", run["uri"])
    return run


def show_log(lines: Iterable[dict[str, Any]], title: str) -> None:
    """What the sync says of itself."""
    table = Table("code", "severity", "message", title=title)
    table.add_column("count", justify="right")
    for line in lines:
        if "message" in line:
            table.add_row(line["statusCode"], line["severity"], line["message"], f"{line['count']:,}")
    console.print(table)


def show_rejects(page: dict[str, Any]) -> None:
    """What did not go in."""
    total = page["totalResults"]
    if not total:
        console.print("No row was rejected.")
        return
    table = Table("row", "code", "message", "field", "value", title=f"{total:,} rejected rows")
    for reject in page["items"]:
        blamed = reject["invalidFields"]
        values = [reject["fieldValues"].get(name, "") for name in blamed]
        cells = (str(reject["recordIndex"]), reject["statusCode"], reject["message"])
        table.add_row(*cells, ", ".join(blamed), ", ".join(f"{value:.60}" for value in values))
    console.print(table)
    if total > len(page["items"]):
        console.print(f"... and {total - len(page['items']):,} more")


def show_one(eloqua: Eloqua, rows: Iterable[Row], rejects: dict[str, Any]) -> None:
    """Find the first row that went in with a REST search, and show the contact."""
    rejected = {each["recordIndex"] for each in rejects["items"]}
    addresses = [row[ADDRESS] for number, row in enumerate(rows, 1) if number not in rejected]
    for address in addresses[:SHOWN_REJECTS]:
        found = eloqua.rest("data/contacts", search=f"{ADDRESS}='{address}'", depth="complete")["elements"]
        if found:
            table = Table("property", "value", title=f"{address}, found through REST", show_header=False)
            for name, value in found[0].items():
                if isinstance(value, str):
                    table.add_row(name, value)
            console.print(table)
            return
    console.print("None of the first rows is a contact now.")


def run(path: Path, base_url: str, user: str, password: str) -> None:
    """All of it."""
    with opened(path) as file:
        header = next(csv.reader(file), [])
    with httpx2.Client(auth=(user, password), timeout=60) as client:
        eloqua = Eloqua(client, base_url)
        console.print(f"Signed in at {eloqua.site} as {eloqua.user}")
        columns = columns_of(eloqua, header)
        for column in header:
            field = columns.get(column)
            console.print(f"  {column} -> {field['internalName'] if field else 'nothing, left out'}")
        uri = define(eloqua, columns, path.name)
        try:
            first = upload(eloqua, uri, path, columns)
            ended = sync(eloqua, uri)
            show_log(eloqua.items(f"{ended['uri']}/logs"), f"{ended['uri']} ended in {ended['status']}")
            rejects = eloqua.bulk("GET", f"{ended['uri']}/rejects", limit=SHOWN_REJECTS)
            show_rejects(rejects)
            show_one(eloqua, first, rejects)
        finally:
            eloqua.bulk("DELETE", uri)
            console.print(f"Deleted the definition {uri}")


def main() -> None:
    """Import a file; whatever is wrong is one line."""
    arguments = argparse.ArgumentParser(description="Import a CSV of contacts through the Bulk API.")
    arguments.add_argument("file", type=Path, metavar="FILE.csv")
    arguments.add_argument("--base-url", default="http://127.0.0.1:8080", help="where /id is (default %(default)s)")
    arguments.add_argument("--user", default=r"MockCo\api.user", help=r"Site\User (default %(default)s)")
    arguments.add_argument("--password", default="s3cret")
    wanted = arguments.parse_args()
    try:
        run(wanted.file, wanted.base_url, wanted.user, wanted.password)
    except Trouble as error:
        complain(str(error))
    except httpx2.TransportError as error:
        complain(f"no Eloqua answers at {wanted.base_url}: {error}; start one with scripts/serve")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        complain(f"{wanted.base_url} cannot be called: {error}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        complain(f"{wanted.file} cannot be read: {getattr(error, 'strerror', None) or error}")


def complain(text: str) -> None:
    """One line, and an exit code that says so."""
    sys.exit(f"import_contacts: {' '.join(text.split())}")


if __name__ == "__main__":
    main()
