"""Problems that a retrying client would swallow: a call that Eloqua does not have, or that a threshold turned down.

They were answered as a live POD would; the test that made them fails at its end, unless it says that it expects them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mock_eloqua.control_client import Problem
    from mock_eloqua.eloqua_site import EloquaSite

OPTION = "eloqua_problems"
FAIL, WARN, IGNORE = "fail", "warn", "ignore"
THRESHOLDS = "thresholds"
"""Stands for all of them."""
_UNKNOWN = ("unknown-path", "unknown-operation")


class EloquaProblemsWarning(pytest.PytestWarning):
    """What a test would have failed for, if `eloqua_problems` were not `warn`."""


def add_option(parser: pytest.Parser) -> None:
    """The ini option."""
    said = "a test that called what Eloqua does not have, or met a threshold: fail (default), warn or ignore"
    parser.addini(OPTION, said, default=FAIL)


def check_option(config: pytest.Config) -> None:
    """Turn down a word that is none.

    Raises:
        UsageError: it is none.
    """
    if (given := config.getini(OPTION)) not in (FAIL, WARN, IGNORE):
        raise pytest.UsageError(f"{OPTION} is {FAIL}, {WARN} or {IGNORE}, not {given!r}")


def check_allowed(allowed: Iterable[str]) -> None:
    """Turn down a name that no problem has.

    Raises:
        ValueError: there is one.
    """
    from mock_eloqua.access.limits import THRESHOLDS as NAMED

    for each in allowed:
        if each not in (*_UNKNOWN, THRESHOLDS) and each not in NAMED:
            raise ValueError(f"allow has no {each!r}; name {', '.join(_UNKNOWN)}, {THRESHOLDS}, or one threshold")


def taken(site: EloquaSite) -> Sequence[Problem]:
    """What was not expected since somebody asked last."""
    found = site.problems()
    if found:
        site.server.forget_problems(site.name)
    return [each for each in found if not _is_allowed(each.kind, site.allowed)]


def _is_allowed(kind: str, allowed: set[str]) -> bool:
    return kind in allowed or (THRESHOLDS in allowed and kind not in _UNKNOWN)


def told(problems: Sequence[Problem]) -> str:
    """What happened, and what to do if that was meant."""
    from mock_eloqua.expectations import described

    kinds = ", ".join(f'"{kind}"' for kind in dict.fromkeys(each.kind for each in problems))
    return "\n".join(
        [
            "Eloqua was asked for what it does not have, or turned a call down for a threshold:",
            *(f"  {described(each)}" for each in problems),
            f"If the test means it: @pytest.mark.eloqua(allow=[{kinds}]), or eloqua.expect.problem(...) after it.",
        ]
    )


def judge(item: pytest.Item, site: EloquaSite) -> None:
    """Fail or warn for what was not expected."""
    if (mode := item.config.getini(OPTION)) == IGNORE:
        return
    if problems := taken(site):
        if mode == FAIL:
            pytest.fail(told(problems), pytrace=False)
        item.warn(EloquaProblemsWarning(told(problems)))
