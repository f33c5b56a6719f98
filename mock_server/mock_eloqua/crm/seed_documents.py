"""Reads seed documents from files; what they may say is `crm.planting`'s."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import yaml

from mock_eloqua.crm.seeds import BadSeed

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's is ten times as fast, where there is one


def of_file(file: Path) -> Any:
    """The document in *file*: JSON when its name ends so, else YAML.

    Raises:
        BadSeed: the file cannot be read.
    """
    try:
        text = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSeed(f"the seed {file} cannot be read: {reason}") from error
    return of_json(text) if file.suffix.lower() == ".json" else of_yaml(text)


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
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadSeed(f"the seed is no YAML: {' '.join(str(error).split())}") from error
