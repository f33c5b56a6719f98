"""What a POD answered to the open questions, as a file that the emulator takes: `calibration.toml`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from eloqua_contracts.probe import Answer, Found

_HEAD = "What a POD answered to the open questions about Eloqua; for mock-eloqua serve --calibration FILE."


def written(found: Iterable[Found], *, target: str, at: datetime) -> str:
    """The text of the file.

    `[settings]` has the emulator's switches with the values found; `[answers.ID]` each question with its answer,
    `[open.ID]` those that are still open, and why.

    Args:
        found: what came of each question.
        target: who was asked.
        at: when.
    """
    told = list(found)
    lines = [
        f"# {_HEAD}",
        f"target = {as_toml(target)}",
        f"asked_at = {at.isoformat(timespec='seconds')}",
        "",
        "[settings]",
    ]
    lines += [
        f"{each.probe.setting} = {as_toml(each.answer)}" for each in told if _turns(each) and each.answer is not None
    ]
    for each in told:
        lines += ["", *_table(each)]
    return "\n".join(lines) + "\n"


def _turns(found: Found) -> bool:
    return bool(found.probe.setting) and found.answer is not None


def _table(found: Found) -> Iterator[str]:
    is_open = found.answer is None
    yield f"[{'open' if is_open else 'answers'}.{as_toml(found.probe.id)}]"
    yield f"question = {as_toml(found.probe.question)}"
    yield f"source = {as_toml(found.probe.source)}"
    if found.answer is None:
        yield f"why = {as_toml(found.why)}"
    else:
        yield f"answer = {as_toml(found.answer)}"


def as_toml(value: Answer) -> str:
    """A value as TOML has it: a text is one of JSON, but for a sign that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
