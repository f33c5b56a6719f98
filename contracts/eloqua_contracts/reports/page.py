"""One or two runs as a page of HTML that needs no other file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eloqua_contracts.reports.record import OutcomeRecord, Run
from eloqua_contracts.runner import Verdict

_WORST_FIRST = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.SKIPPED, Verdict.HELD)
_MOST_OF_A_BODY = 20_000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs that are not seen, or turn the text around; an answer may hold any."""


@dataclass(frozen=True)
class Row:
    """A contract, and what came of it in each run; None where it was not held."""

    name: str
    outcomes: tuple[OutcomeRecord | None, ...]

    @property
    def known(self) -> OutcomeRecord:
        """Any of them, for what they share."""
        return next(each for each in self.outcomes if each)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Of each run."""
        return tuple(each.verdict.value if each else "not run" for each in self.outcomes)

    @property
    def differs(self) -> bool:
        """Did the runs come to different verdicts?"""
        return len(set(self.verdicts)) > 1

    @property
    def words(self) -> str:
        """What the filter of the page looks through."""
        told = [f"{each.sentence} {each.source} {each.sure} {each.why}" for each in self.outcomes if each]
        return " ".join([self.name, *told]).lower()


def rendered(runs: Sequence[Run]) -> str:
    """The page of one run, or of two side by side, what differs first."""
    rows = _rows(runs)
    style, script = (_file(name) for name in ("page.css", "page.js"))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            runs=runs,
            rows=rows,
            counts=[Counter(each.verdict.value for each in run.outcomes) for run in runs],
            verdicts=[each.value for each in Verdict],
            faces=sorted({each.known.face for each in rows}),
            differing=sum(each.differs for each in rows),
            style=Markup(style),  # noqa: S704  our own
            script=Markup(script),  # noqa: S704  our own
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def visible(text: str) -> str:
    """A text in which no sign is hidden: those that are not seen are written as Python does."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def cut(text: str) -> str:
    """A body, which may be long."""
    rest = len(text) - _MOST_OF_A_BODY
    return text if rest <= 0 else f"{text[:_MOST_OF_A_BODY]}\n... and {rest:,} more"


def _rows(runs: Sequence[Run]) -> list[Row]:
    by_name = [{each.name: each for each in run.outcomes} for run in runs]
    names = dict.fromkeys(name for each in by_name for name in each)
    rows = [Row(name, tuple(each.get(name) for each in by_name)) for name in names]
    return sorted(rows, key=lambda row: (not row.differs, min(map(_rank, row.outcomes))))


def _rank(outcome: OutcomeRecord | None) -> int:
    return _WORST_FIRST.index(outcome.verdict) if outcome else len(_WORST_FIRST)


def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("eloqua_contracts", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"visible": visible, "cut": cut}
    return found


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """What the page's policy allows it to run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
