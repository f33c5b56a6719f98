"""What a run makes on a live POD, on disk before it is made: so that it can be removed whatever happens."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".journal"


class BadJournal(ValueError):
    """A file that is no journal; the text says which."""


@dataclass
class Journal:
    """One run: a line of JSON for each thing that will be made, was made, and is gone."""

    file: Path
    prefix: str
    """Begins the names of all that the run makes."""
    login_url: str
    site: str
    kinds: list[str] = field(default_factory=list)
    """Whole paths that something was posted to; of SOAP, the operations."""
    made: list[str] = field(default_factory=list)
    """Whole paths of what is there, as far as it is known."""

    @classmethod
    def begun(cls, folder: Path, *, login_url: str, site: str) -> Journal:
        """The journal of a new run, with a prefix that no other has."""
        prefix = "k" + secrets.token_hex(4)
        folder.mkdir(parents=True, exist_ok=True)
        found = cls(folder / f"{prefix}{SUFFIX}", prefix, login_url, site)
        found._write(prefix=prefix, login_url=login_url, site=site)
        return found

    @classmethod
    def read(cls, file: Path) -> Journal:
        """A journal of an earlier run. A last line that was cut off is left out.

        Raises:
            BadJournal: it is none.
        """
        try:
            lines = list(_lines(file.read_text("utf-8")))
            found = cls(file, lines[0]["prefix"], lines[0]["login_url"], lines[0]["site"])
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise BadJournal(f"{file} is no journal of contracts") from error
        for each in lines[1:]:
            found._note(each)
        return found

    def will_make(self, kind: str) -> None:
        """Something is about to be posted."""
        self._say(will=kind)

    def has_made(self, place: str) -> None:
        """It is there."""
        self._say(made=place)

    def is_gone(self, place: str) -> None:
        """It is there no more."""
        self._say(gone=place)

    def end(self) -> None:
        """Nothing is left: the file goes."""
        self.file.unlink(missing_ok=True)

    def _say(self, **line: str) -> None:
        if line.get("will") not in self.kinds:  # a kind is searched for once, however much of it was made
            self._write(**line)
        self._note(line)

    def _note(self, line: dict[str, str]) -> None:
        if (kind := line.get("will")) and kind not in self.kinds:
            self.kinds.append(kind)
        if (place := line.get("made")) and place not in self.made:
            self.made.append(place)
        if (gone := line.get("gone")) in self.made:
            self.made.remove(str(gone))

    def _write(self, **line: str) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())


def left_over(folder: Path) -> list[Path]:
    """The journals of runs that did not end."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def _lines(text: str) -> Iterator[dict[str, str]]:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except ValueError:
            if number < len(lines):
                raise
