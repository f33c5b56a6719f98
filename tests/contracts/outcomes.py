"""Runs that tests of reports are about, with answers that mean harm."""

from __future__ import annotations

from eloqua_contracts.contract import Contract, Sure
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.reports.record import Run, recorded
from eloqua_contracts.runner import Outcome, Verdict

HARM = "</pre><script>alert('\u202e\x1b[31m')</script>\"' &amp; {{ 7 * 7 }} \ufffe\x00"
"""Markup, an attribute's end, a template's words, signs that turn text around or are not seen."""


def contract(identity: str) -> Contract:
    """A contract of which only the words matter."""
    face = identity.partition(".")[0]
    return Contract(identity, f"It is {HARM}", face, (), Sure.RECORDED, "rest 7.4", frozenset(), lambda pod: None)


def exchange(body: bytes = HARM.encode()) -> Exchange:
    """A call of which every part means harm."""
    return Exchange(
        method="POST",
        path=f"/API/{HARM}",
        status=409,
        reason=HARM,
        headers={"x-harm": HARM},
        body=body,
        sent=b"\xff\x00 no text",
        user="full",
        asked={"content-type": HARM},
    )


def outcomes() -> list[Outcome]:
    """One of each verdict."""
    return [
        Outcome(contract("rest.thing.is"), "1.0", Verdict.HELD, seconds=1.25),
        Outcome(
            contract("rest.thing.is"), "2.0", Verdict.BROKEN, HARM, ("'a'", HARM), (exchange(), exchange(b"")), 0.5
        ),
        Outcome(contract("bulk.thing.is"), "", Verdict.SKIPPED, "takes control of time"),
        Outcome(contract("login.thing.is"), "", Verdict.UNKNOWN, "no answer: ConnectTimeout", (), (exchange(),)),
    ]


def run(target: str = "mock", found: list[Outcome] | None = None) -> Run:
    """A run that took a minute."""
    return recorded(outcomes() if found is None else found, target=target, started=1_790_000_000.5, ended=1_790_000_060)
