"""What is shown of each operation, and whether it is still so: `docs/evidence.json` and the page of it.

The facts come from a run of the contract kit (`mock-eloqua contracts evidence`); here they are laid beside the
declarations, so that an operation which nothing shows stands there too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mock_eloqua import house
from mock_eloqua.soap.contract.services import SERVICES
from mock_eloqua.web.dispatcher import Dispatcher

FILE = Path("docs/evidence.json")
_HELD = "held by a contract"
AXES = (
    "routed",
    "validated",
    "stateful",
    "thresholds",
    "permissions",
    _HELD,
    "agrees with a recording",
)
_FACES = ("login", "oauth", "rest", "bulk", "soap")
_PAGE = """# Evidence

What a run of the contract kit shows of each operation of the emulator. The columns are separate facts, which nobody
adds up: an operation is not "80 % done".

- *routed*: it was called and did what it is for
- *validated*: it was called wrongly and said so
- *stateful*: what it did, another call saw, or it saw what another had done
- *thresholds*: it refused what was over a threshold
- *permissions*: it refused a user without the right
- *contract*: a contract that calls it was held; *recording*: one whose fact was recorded on a live POD
- *live*: a live POD kept the same contracts, and when

An empty field says that no run has shown it, not that it is not so: the tests of the emulator look at more.
What nobody can know without a live POD is in [open questions](open-questions.md).
"""


@cache
def _dispatcher() -> Dispatcher:
    made = Dispatcher()
    for prefix, name in house.FACES.items():
        made.add(house.face(name), prefix)
    return made


def operation(method: str, path: str, soap_operation: str = "") -> str:
    """The key of the operation that a call is for, as `docs/coverage.md` has it; empty where there is none."""
    found = _dispatcher().match(method, path.partition("?")[0])
    if found is None or found.operation is None:
        return ""
    if soap_operation and method == "POST":
        (service,) = [each for each in SERVICES if each.path == found.operation.path]
        return f"{service.name}.{soap_operation}"
    return f"{found.operation.verb} {found.operation.path}"


def read(file: Path = FILE) -> dict[str, Any]:
    """The evidence on record: operation to `yes` (axes), `contracts`, and perhaps `live` (a day).

    Raises:
        OSError, ValueError: it cannot be read, or is something else.
    """
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    if not isinstance(found, dict) or not all(isinstance(each, dict) and "yes" in each for each in found.values()):
        raise ValueError("no object of operations")
    return found


def written(found: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """The evidence of a run on the emulator as the file has it; what a live POD has kept before stays."""
    kept = {key: {**found[key], **_live(before.get(key, {}))} for key in _operations() if key in found}
    return _text(kept)


def confirmed(found: Mapping[str, Any], before: Mapping[str, Any], day: str) -> str:
    """The evidence on record, with the day on which a live POD kept contracts of the operations that were *found*."""
    agreed = {key for key, each in found.items() if _HELD in each["yes"]}
    return _text({key: {**each, **({"live": day} if key in agreed else {})} for key, each in before.items()})


def lost(found: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    """What was shown before and is not any more, a line each."""
    for key, each in before.items():
        now = found.get(key, {}).get("yes", ())
        for axis in each["yes"]:
            if axis not in now:
                yield f"{key}: {axis} is not shown any more"


def page(found: Mapping[str, Any]) -> str:
    """All operations with what is shown of them."""
    lines = [_PAGE]
    for name in _FACES:
        keys = list(_operations(name))
        lines += [f"## {name}: {len(keys)} operations", ""]
        lines += [
            "| operation | routed | validated | stateful | thresholds | permissions | contract | recording | live |"
        ]
        lines += ["| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
        lines += [_row(key, found.get(key, {})) for key in keys]
        lines += [""]
    return "\n".join(lines)


def _operations(only: str = "") -> Iterator[str]:
    for name in _FACES:
        if only in {"", name}:
            face = house.face(name)
            yield from (
                f"{each.verb} {each.path}" for each in face.operations if not (face.inner and each.verb == "POST")
            )
            yield from (each.path for each in face.inner)


def _text(evidence: Mapping[str, Any]) -> str:
    return json.dumps(evidence, indent=1, sort_keys=True) + "\n"


def _live(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"live": known["live"]} if "live" in known else {}


def _row(key: str, shown: Mapping[str, Any]) -> str:
    cells = ["yes" if axis in shown.get("yes", ()) else "" for axis in AXES]
    return f"| `{key}` | {' | '.join(cells)} | {shown.get('live', 'never')} |"
