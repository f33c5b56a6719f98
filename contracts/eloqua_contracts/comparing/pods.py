"""Holds two PODs to the same contracts with the same examples, and compares all that they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from eloqua_contracts.comparing.alignment import likeness
from eloqua_contracts.comparing.differences import Axis, Compared, Difference, Side, compared
from eloqua_contracts.comparing.documents import document
from eloqua_contracts.comparing.references import marked
from eloqua_contracts.contract import Contract
from eloqua_contracts.hearing import Heard, heard
from eloqua_contracts.pod import Pod
from eloqua_contracts.runner import Outcome, Profile

_SHORTEST_NAME = 3


@dataclass(frozen=True)
class Beside:
    """One contract, for one version of its face, on two PODs."""

    left: Outcome
    right: Outcome
    compared: Compared

    @property
    def name(self) -> str:
        """Of the contract."""
        return self.left.name


def beside(
    contracts: Iterable[Contract], left: Callable[[], Pod], right: Callable[[], Pod], profile: Profile
) -> Iterator[Beside]:
    """Hold both to each contract; examples are drawn alike, and those of a broken contract are not made smaller."""
    same = replace(profile, shrinks=False, derandomized=True)
    for contract in contracts:
        both = _both(contract, left, right, same)
        if contract.draws and any(_sent(one) != _sent(other) for one, other in both):
            both = _both(contract, left, right, same)  # a module was loaded meanwhile, whose constants Hypothesis draws
        for one, other in both:
            yield Beside(one.outcome, other.outcome, _compared(one, other))


def _both(
    contract: Contract, left: Callable[[], Pod], right: Callable[[], Pod], profile: Profile
) -> list[tuple[Heard, Heard]]:
    return list(zip(heard([contract], left, profile), heard([contract], right, profile), strict=True))


def _sent(heard: Heard) -> list[list[object]]:
    """What was drawn, as far as it was sent; whatever ids and names the site has."""
    names = names_of(heard.pod)[0] if heard.pod else {}
    return [
        [likeness(marked(document(each.sent, each.asked), names=names)) for each in example]
        for example in heard.examples
    ]


def _compared(left: Heard, right: Heard) -> Compared:
    found = Compared()
    if left.pod and right.pod:
        names = names_of(left.pod, right.pod)
        sides = zip(left.examples, right.examples, strict=False)
        found += compared((Side(one, names[0]), Side(other, names[1])) for one, other in sides)
        found.differences = [_masked(each, left.pod, right.pod) for each in found.differences]
    verdicts = [f"{each.verdict}: {each.why}".removesuffix(": ") for each in (left.outcome, right.outcome)]
    found.look(
        Axis.VERDICT,
        same=left.outcome.verdict is right.outcome.verdict,
        call=left.outcome.name,
        place="verdict",
        left=verdicts[0],
        right=verdicts[1],
    )
    return found


def _masked(found: Difference, *pods: Pod) -> Difference:
    """A difference without secrets: they are compared, and not shown."""
    for pod in pods:
        text = pod.mask.text
        found = replace(found, call=text(found.call), left=text(found.left), right=text(found.right))
    return found


def names_of(*pods: Pod) -> list[dict[str, str]]:
    """What each site calls its own: hosts, the site, its users, and the prefix of the run."""
    one_host = any(pod.base_url == pod.login_url for pod in pods)
    return [_names_of(pod, "pod" if one_host else "login") for pod in pods]


def _names_of(pod: Pod, login: str) -> dict[str, str]:
    found = {pod.login_url: f"<{login}>", urlsplit(pod.login_url).netloc: f"<{login} host>"}
    found |= {pod.base_url: "<pod>", urlsplit(pod.base_url).netloc: "<pod host>", pod.prefix: "<run>"}
    for role, user in pod.logins.items():
        found |= {user.site: "<site>", user.name: f"<user: {role}>"}
    return {text: name for text, name in found.items() if len(text) >= _SHORTEST_NAME}
