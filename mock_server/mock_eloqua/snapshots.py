"""Snapshots that a server keeps of its sites: whole states, each under a name, until the server stops."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site
from mock_eloqua.store import StoreError, check_snapshot

MOST = 100
"""So many are kept at once."""
_LONGEST_NAME = 100


class BadSnapshot(ValueError):
    """A name that cannot be used, or one too many; the text says what can."""


class NoSnapshot(LookupError):
    """There is none of that name; the text says which there are."""


@dataclass(frozen=True)
class Snapshot:
    """A state that is kept."""

    name: str
    at: int
    """When it was taken or brought in: milliseconds since 1970 UTC on the site's clock."""
    bytes: int
    file: Path
    """A SQLite file of the server's own, whose name nobody chooses."""


class Snapshots:
    """The snapshots of all sites of a server. A site sees its own only."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: dict[tuple[str, str], Snapshot] = {}
        self._serial = count(1)
        self._lock = threading.Lock()

    def of(self, site: Site) -> list[Snapshot]:
        """The snapshots of a site, in the order of their names."""
        return [each for (owner, _), each in sorted(self._kept.items()) if owner == site.name]

    def get(self, site: Site, name: str) -> Snapshot:
        """The snapshot of that name.

        Raises:
            NoSnapshot: there is none.
        """
        try:
            return self._kept[site.name, name]
        except KeyError:
            raise NoSnapshot(unknown("snapshot", name, [each.name for each in self.of(site)])) from None

    def take(self, site: Site, name: str) -> Snapshot:
        """Keep the state of a site as it is now, in place of another of that name.

        Raises:
            BadSnapshot: the name cannot be used, or there are too many.
        """
        with self._new_file(site, name) as file:
            site.save(file)
            return self._keep(site, name, file)

    @contextmanager
    def brought_in(self, site: Site, name: str) -> Iterator[Path]:
        """A file to write a snapshot to that was taken before; kept if it is one when the block ends.

        Raises:
            BadSnapshot: the name cannot be used, or there are too many.
            StoreError: it is no snapshot of this version.
        """
        with self._new_file(site, name) as file:
            yield file
            check_snapshot(file, f"the snapshot {name!r}")
            self._keep(site, name, file)

    def drop(self, site: Site, name: str) -> None:
        """Forget a snapshot.

        Raises:
            NoSnapshot: there is none.
        """
        with self._lock:
            found = self.get(site, name)
            del self._kept[site.name, name]
            found.file.unlink(missing_ok=True)

    def forget(self, site: Site) -> None:
        """Forget all of a site."""
        for each in self.of(site):
            self.drop(site, each.name)

    def close(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    @contextmanager
    def _new_file(self, site: Site, name: str) -> Iterator[Path]:
        if not (0 < len(name) <= _LONGEST_NAME and name.isprintable()):
            raise BadSnapshot(f"a snapshot's name has 1 to {_LONGEST_NAME} signs that can be printed")
        with self._lock:
            if len(self._kept) >= MOST and (site.name, name) not in self._kept:
                raise BadSnapshot(f"a server keeps {MOST} snapshots; delete one first")
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="mock-eloqua-")
            file = Path(self._folder.name) / f"{next(self._serial)}.db"
        try:
            yield file
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise StoreError(f"the snapshot {name!r} cannot be written: {error.strerror}") from error
            raise

    def _keep(self, site: Site, name: str, file: Path) -> Snapshot:
        new = Snapshot(name, site.clock.now(), file.stat().st_size, file)
        with self._lock:
            old = self._kept.get((site.name, name))
            self._kept[site.name, name] = new
        if old is not None:
            old.file.unlink(missing_ok=True)
        return new
