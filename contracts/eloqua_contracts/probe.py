"""What nobody knows but a live POD: open questions of the reference, each asked by a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import httpx2

from eloqua_contracts.contract import Need, Unmet
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod, Unavailable
from eloqua_contracts.runner import Spent

Answer = str | int | float | bool
"""As TOML has it."""
Ask = Callable[[Pod], Answer]
A = TypeVar("A", bound=Ask)


@dataclass(frozen=True)
class Probe:
    """One question."""

    id: str
    """`rest.delete-dependency-status`."""
    question: str
    source: str
    """The chapter of the reference, and the number of the question."""
    setting: str
    """The emulator's switch that the answer is the value of; none: it is told only."""
    needs: frozenset[Need]
    ask: Ask


@dataclass(frozen=True)
class Found:
    """What came of a question."""

    probe: Probe
    answer: Answer | None
    """None: it is still open."""
    why: str = ""
    """Why it is open."""
    exchanges: tuple[Exchange, ...] = ()


PROBES: dict[str, Probe] = {}
"""All of them, by id; those of `probes` are here once that is imported."""


class Undecided(Exception):
    """The POD did what none of the known answers describes; the text says what."""


def probe(identity: str, *, source: str, setting: str = "", needs: Sequence[Need] = ()) -> Callable[[A], A]:
    """Declare a function as a probe: it asks a POD and gives the answer; its docstring is the question.

    One with a *setting* gives a value of that switch, or raises `Undecided`; others give what they saw in a line.
    """

    def declare(ask: A) -> A:
        question = " ".join((ask.__doc__ or "").split())
        if identity in PROBES or not question:
            raise ValueError(f"{identity} has no question, or there is one of it already")
        PROBES[identity] = Probe(identity, question, source, setting, frozenset(needs), ask)
        return ask

    return declare


def asked(probes: Iterable[Probe], pod_for: Callable[[], Pod]) -> Iterator[Found]:
    """Ask a POD, one question after the other; *pod_for* gives a clean one for each."""
    for each in probes:
        yield _asked(each, pod_for)


def _asked(probe: Probe, pod_for: Callable[[], Pod]) -> Found:
    exchanges: list[Exchange] = []
    try:
        pod = pod_for()
        exchanges = pod.exchanges
        if missing := probe.needs - pod.gives:
            return Found(probe, None, f"takes {', '.join(sorted(missing))}")
        return Found(probe, probe.ask(pod), exchanges=tuple(exchanges))
    except Unavailable as lacking:
        return Found(probe, None, f"takes {lacking}")
    except (Undecided, Spent) as error:
        why = str(error)
    except httpx2.TransportError as error:
        why = f"no answer: {type(error).__name__} {error}"
    except Unmet as unmet:
        why = f"the way to it is closed: {unmet}"
    except (KeyError, TypeError, ValueError, LookupError) as error:
        why = f"an answer has another form: {type(error).__name__} {error}"
    return Found(probe, None, why, tuple(exchanges))
