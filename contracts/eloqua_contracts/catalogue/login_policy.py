"""What an administrator says of a whole site: SSO alone, allowed addresses, another POD (`platform` 1.6, 1.8, 2.1)."""

from __future__ import annotations

from eloqua_contracts.catalogue.login import NOT_AUTHENTICATED
from eloqua_contracts.catalogue.oauth_tokens import called, refreshed, tokens
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message

_POLICY = (Need.POLICY, Need.PASSWORD)
_WITH_APP = (*_POLICY, Need.OAUTH)
_ELSEWHERE = "192.0.2.0/24"
"""Where nobody calls from: RFC 5737."""


def _refused(pod: Pod) -> None:
    """REST and Bulk say 401 to Basic."""
    pod.rest("GET", "/data/contacts", count=1).expect(401)
    pod.bulk("GET", "/contacts/fields", limit=1).expect(401)


@contract("login.sso-only.basic", sure=Sure.DOC, source="platform 1.8, Q13", needs=_POLICY)
def with_sso_alone_basic_is_refused(pod: Pod) -> None:
    """With `SSO Only Login` (25D) the right password is 401 in REST and Bulk, where it was good before."""
    pod.rest("GET", "/data/contacts", count=1).expect(200)

    pod.policy.sso_only()

    _refused(pod)


@contract("login.sso-only.oauth", sure=Sure.DOC, source="platform 1.8, Q13", needs=_WITH_APP)
def with_sso_alone_tokens_are_good(pod: Pod) -> None:
    """With `SSO Only Login` access tokens are good, and can be refreshed."""
    given = tokens(pod)

    pod.policy.sso_only()

    called(pod, given["access_token"]).expect(200)
    new = refreshed(pod, given["refresh_token"]).expect(200).json()
    called(pod, new["access_token"], "/API/Bulk/2.0/contacts/fields").expect(200)


@contract("login.allowlist.refused", sure=Sure.DOC, source="platform 1.6, 1.8, Q4", needs=_POLICY)
def who_calls_from_elsewhere_is_refused(pod: Pod) -> None:
    """Whoever calls from an address that is not allowed is 401 in REST and Bulk, and not authenticated for `/id`."""
    pod.identity().expect(200)

    pod.policy.allow(_ELSEWHERE)

    _refused(pod)
    found = pod.identity().expect(200)
    expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)
    message.fault(message.call(pod, "ListEntityTypes"))


@contract("login.allowlist.tokens", sure=Sure.DOC, source="platform 1.6", needs=_WITH_APP)
def a_token_from_elsewhere_is_refused(pod: Pod) -> None:
    """An access token that comes from an address that is not allowed is 401."""
    token = tokens(pod)["access_token"]
    called(pod, token).expect(200)

    pod.policy.allow(_ELSEWHERE)

    called(pod, token).expect(401)


@contract("login.moved.old-base", sure=Sure.DOC, source="platform 1.6, 2.1, Q14", needs=_POLICY)
def a_site_that_was_moved_is_not_at_its_old_base(pod: Pod) -> None:
    """When a site was moved to another POD its old base says 401, without a redirect; `/id` names the new one."""
    before = pod.identity().expect(200).json()["urls"]["base"]

    pod.policy.move()

    _refused(pod)
    after = pod.identity().expect(200).json()["urls"]["base"]
    expect(that=after != before, otherwise="the base is another", found=after)
    found = pod.call(
        "GET",
        f"{after}/API/REST/2.0/data/contacts",
        headers={"authorization": pod.login().basic},
        params={"count": 1},
    )
    found.expect(200)
