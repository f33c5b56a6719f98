"""The JSON schema of seed documents, for editors; from the declarations of `planting`."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm.planting import KINDS
from mock_eloqua.crm.seed_values import schema


def document() -> dict[str, Any]:
    """What a seed document may say."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A seed of Mock Eloqua",
        "type": "object",
        "properties": {
            name: {"type": "array", "items": schema(kind.keys, kind.others)} for name, kind in KINDS.items()
        },
        "additionalProperties": False,
    }
