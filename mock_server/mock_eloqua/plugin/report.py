"""The last calls of a failed test, as a section of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mock_eloqua.eloqua_site import EloquaSite
    from mock_eloqua.plugin.live import LiveSite

_TITLE = "Eloqua requests"
_MOST = 20
_UNAVAILABLE = (Exception, pytest.skip.Exception)


def attach(report: pytest.TestReport, site: EloquaSite | LiveSite) -> None:
    """Add the section, once; secrets were masked before. A server that answers no more has none to tell."""
    from mock_eloqua.expectations import line

    if any(title == _TITLE for title, _ in report.sections):
        return
    try:
        calls = site.requests(limit=_MOST)
    except _UNAVAILABLE:
        return
    if calls.count:
        before = [f"... {calls.count - len(calls.items)} before"] if calls.count > len(calls.items) else []
        report.sections.append((_TITLE, "\n".join([*before, *map(line, calls)])))
