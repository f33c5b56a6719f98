"""What a mutant is, and how it is put into the emulator: its module is compiled from another text."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import mock_eloqua

SOURCES = Path(mock_eloqua.__file__).parent


@dataclass(frozen=True)
class Mutant:
    """One defect."""

    name: str
    """What is wrong: `rest: a deletion is 204`."""
    file: str
    """Below `mock_eloqua`, such as `rest/failures.py`."""
    old: str
    """What stands there, exactly once."""
    new: str
    """What stands there in its place."""
    contracts: tuple[str, ...]
    """Patterns of the contracts to be held, such as `rest.contact.*`; the fewer, the sooner it is done."""
    unnoticed: str = ""
    """Why no contract breaks with it."""

    @property
    def module(self) -> str:
        """The name of its module."""
        return ".".join(("mock_eloqua", *Path(self.file).with_suffix("").parts)).removesuffix(".__init__")

    def source(self) -> str:
        """The defective text.

        Raises:
            LookupError: the old text is not there exactly once, since the emulator has changed.
        """
        text = (SOURCES / self.file).read_text("utf-8")
        if (found := text.count(self.old)) != 1:
            raise LookupError(f"{self.name}: {self.old!r} stands {found} times in {self.file}")
        return text.replace(self.old, self.new)


class _Defective(importlib.abc.SourceLoader):
    def __init__(self, mutant: Mutant, path: str) -> None:
        self._mutant, self._path = mutant, path

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_data(self, path: str) -> bytes:
        return self._mutant.source().encode()


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._mutant.module:
            return None
        file = str(SOURCES / self._mutant.file)
        package = [str(Path(file).parent)] if file.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Defective(self._mutant, file), submodule_search_locations=package
        )


def put_in(mutant: Mutant) -> None:
    """Let this process import the defective module; to be called before the emulator is.

    Raises:
        RuntimeError: it has been imported already.
    """
    if mutant.module in sys.modules:
        raise RuntimeError(f"{mutant.module} has been imported")
    sys.meta_path.insert(0, _Finder(mutant))
