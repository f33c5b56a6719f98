"""A calibration: the switches of the emulator as a live POD was found to be (`mock-eloqua contracts calibrate`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mock_eloqua.settings import BadSetting, Settings


def read(file: str | Path | None) -> dict[str, Any]:
    """The settings that a calibration turns; none where there is no file.

    Raises:
        BadSetting: it cannot be read, or turns what there is not.
    """
    if file is None:
        return {}
    try:
        found = tomllib.loads(Path(file).read_text("utf-8")).get("settings")
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSetting(f"the calibration {file} cannot be read: {reason}") from error
    if not isinstance(found, dict):
        raise BadSetting(f"the calibration {file} has no table [settings]; mock-eloqua contracts calibrate writes one")
    try:
        Settings().changed(found)
    except BadSetting as error:
        raise BadSetting(f"the calibration {file}: {error}") from error
    return found
