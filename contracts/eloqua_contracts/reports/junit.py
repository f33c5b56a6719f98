"""A run as JUnit's XML, which GitLab, Jenkins and others show: a suite for each face, a case for each contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree

from eloqua_contracts.kept import Kept
from eloqua_contracts.reports.record import OutcomeRecord, Run
from eloqua_contracts.runner import Verdict

_ELEMENTS = {Verdict.BROKEN: "failure", Verdict.UNKNOWN: "error", Verdict.SKIPPED: "skipped"}
_COUNTS = {"failures": Verdict.BROKEN, "errors": Verdict.UNKNOWN, "skipped": Verdict.SKIPPED}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_OF_A_BODY = 4000


def written(run: Run) -> bytes:
    """Held passes, broken is a failure, not yet known an error; skipped has its reason."""
    root = etree.Element("testsuites", {"name": _clean(f"contracts on {run.target}"), **_counted(run.outcomes)})
    by_face = sorted(run.outcomes, key=lambda each: each.face)
    for face, outcomes in groupby(by_face, key=lambda each: each.face):
        _add_suite(root, run, face, list(outcomes))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add_suite(root: etree._Element, run: Run, face: str, outcomes: list[OutcomeRecord]) -> None:
    stamp = run.started.strftime("%Y-%m-%dT%H:%M:%S")
    suite = etree.SubElement(root, "testsuite", {"name": _clean(face), "timestamp": stamp, **_counted(outcomes)})
    for each in outcomes:
        group = each.contract.rpartition(".")[0]
        case = etree.SubElement(
            suite, "testcase", classname=_clean(group), name=_clean(each.name), time=f"{each.seconds:.3f}"
        )
        if element := _ELEMENTS.get(each.verdict):
            told = etree.SubElement(case, element, message=_clean(each.why))
            if each.verdict is not Verdict.SKIPPED:
                told.set("type", each.verdict.value)
                told.text = _clean("\n".join(_lines(each)))


def _counted(outcomes: Iterable[OutcomeRecord]) -> dict[str, str]:
    found = list(outcomes)
    counts = {name: str(sum(each.verdict is verdict for each in found)) for name, verdict in _COUNTS.items()}
    return {"tests": str(len(found)), **counts, "time": f"{sum(each.seconds for each in found):.3f}"}


def _lines(outcome: OutcomeRecord) -> Iterator[str]:
    yield outcome.why
    yield ""
    yield f"{outcome.sentence} [{outcome.sure}: {outcome.source}]"
    if outcome.drawn:
        yield f"with {', '.join(outcome.drawn)}"
    for each in outcome.exchanges:
        yield from _lines_of(each)


def _lines_of(kept: Kept) -> Iterator[str]:
    yield ""
    yield f"{kept.method} {kept.path} as {kept.user}"
    if body := kept.sent.text or kept.sent.base64:
        yield body[:_MOST_OF_A_BODY]
    yield f"{kept.status} {kept.reason}".rstrip()
    yield from (f"{name}: {value}" for name, value in kept.headers.items())
    if body := kept.body.text or kept.body.base64:
        yield body[:_MOST_OF_A_BODY]


def _clean(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
