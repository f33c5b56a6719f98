"""Records a run of contracts on a target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from eloqua_contracts.comparing.pods import names_of
from eloqua_contracts.contract import Contract, Need
from eloqua_contracts.hearing import heard
from eloqua_contracts.pod import App, Login, Pod
from eloqua_contracts.recording.anonymous import Anonymous
from eloqua_contracts.recording.tape import Tape
from eloqua_contracts.runner import Outcome, Profile, Verdict

_MORE_THAN_CALLS = frozenset({Need.CLOCK, Need.THRESHOLDS, Need.POLICY})
"""What is done to a target otherwise than by calls, and is in no recording."""


def recorded(
    contracts: Iterable[Contract], pod_for: Callable[[], Pod], profile: Profile, tape: Tape
) -> Iterator[Outcome]:
    """Hold a POD to contracts and write all exchanges; not of those that take more than calls."""
    anonymous = Anonymous(trusts_calls=True)
    for contract in contracts:
        if lacking := contract.needs & _MORE_THAN_CALLS:
            yield Outcome(contract, "", Verdict.SKIPPED, f"takes {', '.join(sorted(lacking))}, which is no call")
            continue
        for each in heard([contract], pod_for, profile):
            if each.pod:
                anonymous.know(placeholders(each.pod), secrets_of(each.pod), signatures_of(each.pod))
            for number, example in enumerate(each.examples, 1):
                for exchange in example:
                    tape.write(anonymous.taped(exchange, contract=each.outcome.name, example=number))
            yield each.outcome


def placeholders(pod: Pod) -> dict[str, str]:
    """What a POD calls its own, to what stands for it in a recording."""
    found = {text: f"(({name.strip('<>')}))" for text, name in names_of(pod)[0].items()}
    if app := _app(pod):
        found |= {app.client_id: "((client id))", app.redirect_uri: "((redirect uri))"}
    found.pop("", None)
    return found


def secrets_of(pod: Pod) -> dict[str, str]:
    """Its passwords, tokens and those of its app, to what stands for them."""
    found: dict[str, str] = {}
    for role, login in pod.logins.items():  # of a password that several have, the first
        found = {login.password: f"((password: {role}))", login.token: f"((token: {role}))"} | found
    if app := _app(pod):
        found[app.client_secret] = "((client secret))"
    return {secret: found[secret] for secret in sorted(filter(None, found), key=len, reverse=True)}


def signatures_of(pod: Pod) -> dict[str, str]:
    """The headers that its users sign with, to what stands for them."""
    found: dict[str, str] = {}
    for role, login in pod.logins.items():
        found |= dict.fromkeys(_headers(login), f"((signed: {role}))")
    if app := _app(pod):
        found[app.basic] = "((signed: app))"
    return found


def _headers(login: Login) -> list[str]:
    return [login.header, login.basic] if login.password else [login.header]


def _app(pod: Pod) -> App | None:
    return pod.app if Need.OAUTH in pod.gives else None
