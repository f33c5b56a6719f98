"""Reads seed documents, in YAML, JSON and CSV; what they may say is `crm.planting`'s."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import yaml

from mock_eloqua.crm.planting import KINDS, plant
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site

YAML, JSON, CSV = "yaml", "json", "csv"
_LOADER = yaml.BaseLoader  # libyaml's is faster, but what is nested too deeply ends the process [seen]
_BETWEEN = ";"
"""Between the texts of a list in a cell."""


@dataclass(frozen=True)
class Written:
    """A seed document as somebody wrote it."""

    text: bytes
    form: str = YAML
    """`yaml`, `json`, or `csv`."""
    kind: str = ""
    """What the rows of a CSV are."""

    def document(self) -> Any:
        """What it says.

        Raises:
            BadSeed: it cannot be read.
        """
        if self.form == CSV:
            return {self.kind: [row for _, row in _rows(self.text, self.kind)]}
        return of_json(self.text) if self.form == JSON else of_yaml(self.text)

    def planted(self, site: Site) -> dict[str, int]:
        """Add what it says to a site; how much of each kind that was.

        Raises:
            BadSeed: it cannot be read, or something does not fit; the text says in which line, and nothing is added.
        """
        try:
            return plant(site, self.document())
        except BadSeed as error:
            line = self._line(*error.place) if error.place else None
            raise (BadSeed(f"line {line}: {error}") if line else error) from error

    def _line(self, kind: str, number: int) -> int | None:
        """The line at which the object of that number begins; None where that cannot be told."""
        if self.form == CSV:
            return next((line for place, (line, _) in enumerate(_rows(self.text, kind)) if place == number), None)
        try:
            root: Any = yaml.compose(self.text, _LOADER)  # JSON is YAML as well, but for tabs
            items = next(value for key, value in root.value if key.value == kind)
            return int(items.value[number].start_mark.line) + 1
        except (yaml.YAMLError, AttributeError, IndexError, RecursionError, StopIteration, TypeError, ValueError):
            return None


def of_file(file: Path, kind: str = "") -> Written:
    """What a file holds: JSON or CSV when its name ends so, else YAML; rows of a CSV are of *kind*, else of its name.

    Raises:
        BadSeed: the file cannot be read, or its name tells no kind.
    """
    try:
        text = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSeed(f"the seed {file} cannot be read: {reason}") from error
    return written(text, file.name, kind)


def written(text: bytes, name: str, kind: str = "") -> Written:
    """A text from a file of that name.

    Raises:
        BadSeed: neither the name nor *kind* tells what the rows of a CSV are.
    """
    ending = Path(name).suffix.lower().lstrip(".")
    if kind or ending == CSV:
        return Written(text, CSV, check_kind(kind or Path(name).stem))
    return Written(text, JSON if ending == JSON else YAML)


def check_kind(kind: str) -> str:
    """A kind of records that there is.

    Raises:
        BadSeed: there is none.
    """
    found = next((each for each in KINDS if each.lower() == kind.lower()), None)
    if found is None:
        raise BadSeed(f"rows are of the kind that is named, else of the file's name: {unknown('kind', kind, KINDS)}")
    return found


def _rows(text: bytes, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line and object of each row; blank cells say nothing."""
    try:
        reader = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True)
        names = next(reader, [])
        for cells in reader:
            if len(cells) > len(names):
                raise BadSeed(f"line {reader.line_num}: there are {len(cells)} cells under {len(names)} names")
            if cells:
                said = zip(names, cells, strict=False)
                yield reader.line_num, {name: _cell(kind, name, cell) for name, cell in said if cell}
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadSeed(f"the seed is no CSV in UTF-8: {error}") from error


def _cell(kind: str, name: str, cell: str) -> Any:
    shape = KINDS[kind].keys.get(name)
    if shape is None or shape.schema.get("type") != "array":
        return cell
    return [each.strip() for each in cell.split(_BETWEEN) if each.strip()]


def of_json(text: bytes) -> Any:
    """The document in a JSON text.

    Raises:
        BadSeed: it is no JSON.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadSeed(f"the seed is no JSON: {error}") from error


def of_yaml(text: bytes) -> Any:
    """The document in a YAML text. Every value stays the text it is: the zip code 02134, the country NO.

    Raises:
        BadSeed: it is no YAML.
    """
    try:
        return yaml.load(text, _LOADER)  # noqa: S506  makes texts, lists and objects, nothing else
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = f"line {place.line + 1}, column {place.column + 1}: " if place else ""
        raise BadSeed(f"the seed is no YAML: {line}{error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadSeed(f"the seed is no YAML: {' '.join(str(error).split())}") from error
