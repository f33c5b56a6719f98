"""The one place where spyne is imported: 2.14.0, its newest release, does not load on Python 3.12 by itself.

Its bundled `six` has an import hook of the form that 3.12 dropped, and its modules import `cgi`, which warns
since 3.11 and is gone from 3.13, for a function that is never called here.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import Any

_SIX = "spyne.util.six"


class _Moves(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `spyne.util.six.moves` through the hook of the bundled six, and takes that one off `sys.meta_path`.

    Left there, it brings a warning with every import of something that does not exist, up to Python 3.11.
    """

    _hook: Any = None

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  the protocol of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if self._hook is None:  # asked first for every import, so that nobody meets the old hook
            self._hook = next((each for each in sys.meta_path if type(each).__module__ == _SIX), None)
            if self._hook is not None:
                sys.meta_path.remove(self._hook)
        if self._hook is None or fullname not in self._hook.known_modules:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=self._hook.is_package(fullname))

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        module: ModuleType = self._hook.load_module(spec.name)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: the hook has made it whole."""


sys.meta_path.insert(0, _Moves())

_stands_in_for_cgi = "cgi" not in sys.modules
if _stands_in_for_cgi:
    sys.modules["cgi"] = ModuleType("cgi")

with warnings.catch_warnings():
    # Compiled anew, which uv leaves to the first import, it has escapes that 3.12 warns of.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from spyne import Application, Service, rpc
    from spyne.error import Fault, ValidationError
    from spyne.model.binary import ByteArray
    from spyne.model.complex import ComplexModel
    from spyne.model.enum import Enum
    from spyne.model.primitive import Boolean, DateTime, Integer32, Unicode
    from spyne.protocol.soap.soap11 import Soap11

if _stands_in_for_cgi:
    del sys.modules["cgi"]  # nobody else is to find it

__all__ = [
    "Application",
    "Boolean",
    "ByteArray",
    "ComplexModel",
    "DateTime",
    "Enum",
    "Fault",
    "Integer32",
    "Service",
    "Soap11",
    "Unicode",
    "ValidationError",
    "rpc",
]
