"""Logins, tokens, refreshes, lock-outs, groups and the clock, against a model that knows nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from hypothesis.stateful import run_state_machine_as_test as run

USERS = ("api.user", "marketer")
CALLBACK = "https://example.com/callback"
MINUTE, HOUR, DAY = 60, 3600, 86_400
TOKEN, CONTACTS = "/auth/oauth2/token", "/API/REST/1.0/data/contacts?count=1"
STATES = {"enabled": "enabled", "ssoOnly": "sso_only", "passwordExpired": "expired"}
"""What control calls and the model call them."""
ASKED = {"client_id": "client-id", "redirect_uri": CALLBACK, "response_type": "code"}


@dataclass
class Person:
    """What the model knows of a user; instants are seconds since the start."""

    enabled: bool = True
    sso_only: bool = False
    expired: bool = False
    may_call: bool = True
    failures: int = 0
    failed_at: float = -1e9
    locked_until: float = -1e9
    asked_in: int = -1
    """The minute in which the app asked it last."""


@dataclass
class Given:
    """A code or token of the model."""

    user: str
    until: float
    good: bool = True


@dataclass
class Model:
    """platform.md 1.5 and 1.8, said plainly."""

    keeps_access: bool
    now: float = 0
    sso: str = "off"
    people: dict[str, Person] = field(default_factory=lambda: {name: Person() for name in USERS})
    access: dict[str, Given] = field(default_factory=dict)

    def signs_in(self, user: str, right: bool, way: str) -> bool:
        person = self.people[user]
        if not person.enabled or person.sso_only or self.now < person.locked_until:
            return False
        if not right:
            recent = self.now - person.failed_at < 5 * MINUTE
            person.failures, person.failed_at = (person.failures if recent else 0) + 1, self.now
            if person.failures == 5:
                person.failures, person.locked_until = 0, self.now + 5 * MINUTE
            return False
        refused = {"basic": ("basic",), "passwords": ("basic", "grant")}.get(self.sso, ())
        return not person.expired and way not in refused

    def asks(self, user: str) -> bool:
        """May the app ask the user in this minute?"""
        person, minute = self.people[user], int(self.now // MINUTE)
        was, person.asked_in = person.asked_in, minute
        return was != minute

    def gives(self, user: str, access: str) -> Given:
        """An access token, and the refresh token that comes with it."""
        self.access[access] = Given(user, self.now + 8 * HOUR)
        return Given(user, self.now + 365 * DAY)

    def uses(self, given: Given) -> bool:
        """Takes a code or refresh token, if it is good."""
        if not given.good or self.now >= given.until or not self.people[given.user].enabled:
            return False
        given.good = False
        return True

    def status(self, token: str) -> int:
        given = self.access[token]
        if not given.good or self.now >= given.until or not self.people[given.user].enabled:
            return 401
        return 200 if self.people[given.user].may_call else 403


class Identity(RuleBasedStateMachine):
    """Does the same to both."""

    refresh = Bundle("refresh")
    users = st.sampled_from(USERS)

    def __init__(self, eloqua, http, control):
        super().__init__()
        self.eloqua, self.http, self.control = eloqua, http, control

    @initialize(release=st.sampled_from(["26A", "26B"]))
    def begin(self, release):
        self.eloqua.reset(release=release)
        self.eloqua.clock.freeze()
        self.eloqua.clock.advance(seconds=MINUTE - self.eloqua.clock.now.timestamp() % MINUTE)  # windows are fixed
        self.model = Model(keeps_access=release == "26B")

    @rule(user=users, wrong=st.integers(0, 5))
    def knock(self, user, wrong):
        """Some wrong passwords, then the right one."""
        for right in [*[False] * wrong, True]:
            answer = self.http.as_user(user, "s3cret" if right else "wrong").get(CONTACTS)
            expected = 401
            if self.model.signs_in(user, right, "basic"):
                expected = 200 if self.model.people[user].may_call else 403
            assert answer.status_code == expected

    @rule(target=refresh, user=users, right=st.sampled_from([True, True, False]))
    def ask_by_password(self, user, right):
        body = {"grant_type": "password", "username": f"MockCo\\{user}", "password": "s3cret" if right else "wrong"}
        answer = self.http.as_app().post(TOKEN, json=body)

        if not self.model.signs_in(user, right, "grant"):
            assert answer.status_code == 401
            return multiple()
        if not self.model.asks(user):
            assert answer.status_code == 429
            return multiple()
        return self._given(answer, user)

    @rule(target=refresh, user=users, right=st.sampled_from([True, True, False]), seconds=st.sampled_from([0, 59, 60]))
    def ask_by_consent(self, user, right, seconds):
        """The page, and after a while the code, twice."""
        form = {"username": f"MockCo\\{user}", "password": "s3cret" if right else "wrong", "decision": "accept"}
        answer = self.http.nobody().post("/auth/oauth2/authorize", params=ASKED, data=form, follow_redirects=False)

        if not self.model.signs_in(user, right, "consent"):
            assert (answer.status_code, "did not work" in answer.text) == (200, True)
            return multiple()
        if not self.model.asks(user):
            assert answer.status_code == 429
            return multiple()
        text = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]
        code = Given(user, self.model.now + MINUTE)
        self.wait(seconds)
        body = {"grant_type": "authorization_code", "code": text, "redirect_uri": CALLBACK}
        first, second = (self.http.as_app().post(TOKEN, data=body) for _ in range(2))
        assert second.status_code == 401
        if not self.model.uses(code):
            assert first.status_code == 401
            return multiple()
        return self._given(first, user)

    @rule(target=refresh, token=refresh)
    def use_refresh_token(self, token):
        text, given = token
        answer = self.http.as_app().post(TOKEN, json={"grant_type": "refresh_token", "refresh_token": text})

        if not self.model.uses(given):
            assert answer.status_code == 401
            return multiple()
        if not self.model.keeps_access:
            for each in self.model.access.values():
                each.good = each.good and each.user != given.user
        return self._given(answer, given.user)

    @rule(user=users)
    def revoke(self, user):
        """The access tokens of a user."""
        for each in self.control.get("/oauth/tokens").json()["items"]:
            if (each["kind"], each["user"]) == ("access", user):
                self.control.put(f"/oauth/tokens/{each['id']}", json={"state": "revoked"})
        for given in self.model.access.values():
            given.good = given.good and given.user != user

    @rule(seconds=st.sampled_from([1, 59, MINUTE, 299, 5 * MINUTE, 8 * HOUR - 1, 8 * HOUR, 364 * DAY]))
    def wait(self, seconds):
        self.eloqua.clock.advance(seconds=seconds)
        self.model.now += seconds

    @rule(user=users, wanted=st.sampled_from([*STATES, "locked", "groups", "sso"]), on=st.booleans())
    def steer(self, user, wanted, on):
        """What an administrator does."""
        person = self.model.people[user]
        if wanted == "sso":
            self.model.sso = "off" if on else ("basic", "passwords")[USERS.index(user)]
            self.eloqua.set(sso_only_login=self.model.sso)
            return
        groups = ["API Users"] if on else ["Sales Users"]
        shown = self.control.put(f"/users/{user}", json={wanted: groups if wanted == "groups" else on}).json()
        if wanted == "groups":
            person.may_call = on
        elif wanted == "locked":
            person.failures, person.failed_at, person.locked_until = 0, -1e9, 1e18 if on else -1e9
        else:
            setattr(person, STATES[wanted], on)
        assert shown["locked"] is (self.model.now < person.locked_until)
        assert {name: shown[name] for name in STATES} == {name: getattr(person, own) for name, own in STATES.items()}

    @invariant()
    def every_token_is_worth_what_the_model_says(self):
        """The last ones: those before are asked for when they are young."""
        for token in list(self.model.access)[-3:]:
            answer = self.http.nobody().get(CONTACTS, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == self.model.status(token)

    def _given(self, answer, user):
        assert answer.status_code == 200, answer.text
        body = answer.json()
        return body["refresh_token"], self.model.gives(user, body["access_token"])


def test_identity_agrees_with_a_plain_model(eloqua, http, control):
    """Issue 6: a state machine over logins, tokens, lock-outs, group changes and the clock."""
    some = settings(max_examples=max(6, settings().max_examples // 3), stateful_step_count=20)
    run(lambda: Identity(eloqua, http, control), settings=some)  # type: ignore[arg-type]  # any callable does
