"""Wrong passwords that lock a user, and passwords that expire (`platform` 1.8), with a user whom nobody needs."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.login import NOT_AUTHENTICATED
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import SPARE, Pod
from eloqua_contracts.soap import message

ATTEMPTS, MINUTES, DAYS = 5, 5, 120
_NEEDS = (Need.LOCKOUT, Need.PASSWORD)
_TIMED = (*_NEEDS, Need.CLOCK)
_SECOND = 1


def fail(pod: Pod, times: int) -> None:
    """Sign in with a wrong password so often."""
    for number in range(times):
        pod.identity(SPARE, password=f"wrong {number}").expect(200)


def expect_signed_in(pod: Pod, is_so: bool, when: str) -> None:
    """Is the right password good?"""
    found = pod.identity(SPARE).expect(200)
    expect(that=(found.body != NOT_AUTHENTICATED) is is_so, otherwise=f"signed in is {is_so} {when}", found=found.body)


@contract("login.lockout.fifth-attempt", sure=Sure.DOC, source="platform 1.8", needs=_NEEDS)
def five_wrong_passwords_lock(pod: Pod) -> None:
    """After five wrong passwords the right one is refused too; after four it is not."""
    fail(pod, ATTEMPTS - 1)
    expect_signed_in(pod, True, "after four wrong passwords")

    pod.clock.advance(seconds=MINUTES * 60 + _SECOND)
    fail(pod, ATTEMPTS)

    expect_signed_in(pod, False, "after five")


@contract("login.lockout.every-face", sure=Sure.DOC, source="platform 1.8", needs=_NEEDS)
def a_locked_user_is_refused_everywhere(pod: Pod) -> None:
    """A locked user is 401 in REST and Bulk, and no call of SOAP is answered."""
    fail(pod, ATTEMPTS)

    pod.rest("GET", "/data/contacts", role=SPARE, count=1).expect(401)
    pod.bulk("GET", "/contacts/fields", role=SPARE, limit=1).expect(401)
    message.fault(message.call(pod, "ListEntityTypes", role=SPARE))


@contract("login.lockout.five-minutes", sure=Sure.DOC, source="platform 1.8", needs=_TIMED)
def a_lock_ends_after_five_minutes(pod: Pod) -> None:
    """A lock lasts five minutes."""
    fail(pod, ATTEMPTS)

    pod.clock.advance(seconds=MINUTES * 60 - 10)
    expect_signed_in(pod, False, "ten seconds before the five minutes are over")
    pod.clock.advance(seconds=11)
    expect_signed_in(pod, True, "after them")


@contract("login.lockout.attempts-are-forgotten", sure=Sure.DOC, source="platform 1.8", needs=_TIMED)
def wrong_passwords_are_forgotten(pod: Pod) -> None:
    """Five minutes after the last wrong password the count begins anew."""
    fail(pod, ATTEMPTS - 1)

    pod.clock.advance(seconds=MINUTES * 60 + _SECOND)
    fail(pod, ATTEMPTS - 1)

    expect_signed_in(pod, True, "after four, a pause and four")


@contract("login.lockout.attempts-are-remembered", sure=Sure.DOC, source="platform 1.8", needs=_TIMED)
def wrong_passwords_are_remembered_for_a_while(pod: Pod, draw: Draw) -> None:
    """Pauses of less than five minutes between wrong passwords do not keep a user from being locked."""
    pod.clock.advance(seconds=2 * MINUTES * 60)
    for _ in range(ATTEMPTS):
        pod.clock.advance(seconds=draw(st.integers(0, 240)))
        fail(pod, 1)

    expect_signed_in(pod, False, "after five within less than five minutes each")


@contract("login.password.expires", sure=Sure.DOC, source="platform 1.8", needs=_TIMED)
def a_password_lasts_for_120_days(pod: Pod) -> None:
    """A password that expires is good for 120 days, and refused from then on."""
    pod.clock.advance(days=DAYS - 1)
    expect_signed_in(pod, True, "the day before")

    pod.clock.advance(days=1, seconds=_SECOND)

    expect_signed_in(pod, False, "after 120 days")


@contract("login.password.expired-faces", sure=Sure.DOC, source="platform 1.8", needs=_TIMED)
def an_expired_password_is_refused_everywhere(pod: Pod) -> None:
    """An expired password is 401 in REST and Bulk, and no call of SOAP is answered."""
    pod.clock.advance(days=DAYS, seconds=_SECOND)

    pod.rest("GET", "/data/contacts", role=SPARE, count=1).expect(401)
    pod.bulk("GET", "/contacts/fields", role=SPARE, limit=1).expect(401)
    message.fault(message.call(pod, "ListEntityTypes", role=SPARE))
