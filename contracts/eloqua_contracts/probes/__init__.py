"""The open questions, a module for each chapter of the reference; importing this declares them all."""

from importlib import import_module
from pkgutil import iter_modules

MODULES = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
