"""Text messages, what is answered to what nobody understands, and the consent of phone numbers (2.0)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import ids, listed
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_V2 = ("2.0",)
_SOURCE = "rest 1.3, 20"
_MOST_NUMBERS = 10


@contract("rest.sms.values", sure=Sure.DOC, source="rest 20", versions=_V2, needs=[Need.WRITES])
def a_text_message_keeps_its_text(pod: Pod, draw: Draw) -> None:
    """A text message keeps its text, which is not shown at minimal, and gets another by PUT."""
    text, other = draw(texts(100)), draw(texts(100))
    made = pod.made("/assets/sms", {"name": pod.name("sms"), "content": text})
    path = f"/assets/sms/{made['id']}"
    expect(that=made["content"] == text, otherwise=f"it is {text!r}", found=made["content"])

    changed = pod.rest("PUT", path, made | {"content": other}).expect(200).json()["content"]

    expect(that=changed == other, otherwise=f"it is {other!r}", found=changed)
    minimal, usual = (pod.rest("GET", path, **params).expect(200).json() for params in ({"depth": "minimal"}, {}))
    told = "content" in minimal, usual["depth"], usual["content"]
    expect(that=told == (False, "complete", other), otherwise="it is there at complete, the default", found=told)


@contract("rest.invalid-response.life", sure=Sure.DOC, source="rest 20", versions=_V2, needs=[Need.WRITES])
def what_is_answered_to_no_keyword_is_kept(pod: Pod) -> None:
    """What is answered where no keyword fits has no name: made, read, listed, replaced, deleted."""
    path = "/assets/sms/invalidResponseMessage"
    first, second = pod.name("sorry"), pod.name("what")

    made = pod.made(path, {"response": first})
    told = made["type"], made["response"], "name" in made
    wanted = ("InvalidResponseMessage", first, False)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    one = f"{path}/{made['id']}"
    changed = pod.rest("PUT", one, made | {"response": second}).expect(200).json()["response"]
    there = pod.rest("GET", one).expect(200).json()
    now = changed, there["response"], there["depth"]
    expect(that=now == (second, second, "complete"), otherwise=f"it is {second!r}, at complete", found=now)
    every = listed(pod.rest("GET", f"{path}s"))
    expect(that=made["id"] in ids(every), otherwise=f"{made['id']} is listed", found=ids(every))
    pod.rest("DELETE", one).expect(200)
    pod.rest("GET", one).expect(404)


@contract("rest.sms-keyword.life", sure=Sure.DOC, source="rest 20", versions=_V2, needs=[Need.WRITES])
def a_keyword_comes_and_goes(pod: Pod) -> None:
    """A keyword is made with 201, shown at minimal unless another depth is asked for, listed, and deleted."""
    path, word = "/assets/sms/keyword", pod.name("join").replace(" ", "")
    made = pod.made(path, {"name": pod.name("keyword"), "keyword": word})
    one = f"{path}/{made['id']}"

    usual, complete = (pod.rest("GET", one, **params).expect(200).json() for params in ({}, {"depth": "complete"}))

    told = made["type"], usual["depth"], complete["keyword"]
    wanted = ("Keyword", "minimal", word)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    every = ids(listed(pod.rest("GET", f"{path}s")))
    expect(that=made["id"] in every, otherwise=f"{made['id']} is listed", found=every)
    pod.rest("DELETE", one).expect(200)
    pod.rest("GET", one).expect(404)


def _number(draw: Draw) -> str:
    """A number that films are given, which nobody has."""
    return f"+1202555{draw(st.integers(100, 199)):04}"


def _searched(pod: Pod, *numbers: str) -> Exchange:
    return pod.search("/data/sms/subscription", {"phoneNumbers": numbers})


@contract("rest.sms-consent.change", sure=Sure.DOC, source=_SOURCE, versions=_V2, needs=[Need.WRITES, Need.LASTING])
def a_phone_number_agrees_or_not(pod: Pod, draw: Draw) -> None:
    """A PUT notes the consent of a phone number; a POST that stands for SEARCH gives it in a bare array."""
    number = _number(draw)

    words = []
    for is_subscribed in ("true", "false"):
        said = {"phoneNumber": number, "isSubscribed": is_subscribed}
        noted = pod.rest("PUT", "/data/sms/subscription", said).expect(200).json()
        (there,) = _searched(pod, number).expect(200).json()
        told = noted["type"], there["type"], there["originalPhoneNumber"], there["status"]
        wanted = ("PhoneNumberSubscription", "PhoneNumberSubscription", number, noted["status"])
        expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
        expect(that=noted["timestamp"].isdecimal(), otherwise="its moment is in Unix seconds", found=noted)
        words.append(noted["status"])
    expect(that=len(set(words)) == 2, otherwise="yes and no are two words", found=words)
    steps = [each["status"] for each in there["history"]]
    expect(that=set(words) <= set(steps), otherwise=f"the history has {words}", found=steps)


@contract("rest.sms-consent.ten", sure=Sure.DOC, source=f"{_SOURCE}, 19", versions=_V2)
def ten_numbers_are_searched_at_once(pod: Pod) -> None:
    """At most ten phone numbers are searched at once; of those that nobody spoke of nothing is told."""
    numbers = [f"+12025550{each}" for each in range(100, 101 + _MOST_NUMBERS)]

    found = _searched(pod, *numbers[:_MOST_NUMBERS]).expect(200).json()

    expect(that=isinstance(found, list), otherwise="it is a bare array", found=found)
    _searched(pod, *numbers).expect(400)
