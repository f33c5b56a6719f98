"""`GET /id`: who the caller is, and where the APIs are (`platform` 2.1)."""

from __future__ import annotations

from mock_eloqua import pods
from mock_eloqua.access import gate
from mock_eloqua.access.limits import ID_CALLS
from mock_eloqua.access.permissions import MANAGE_CONTACTS
from mock_eloqua.access.verdict import Forbidden, Over, Refusal
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply
from mock_eloqua.web.operation import Face, Operation, plainly

NOT_AUTHENTICATED = Reply(200, b'"Not authenticated."', JSON_UTF8)
"""A refused login is a 200 with a JSON string [doc]."""


def identity(call: Call) -> Reply:
    """The caller's site, user and addresses. Ids are numbers here, `{version}` is literal [recorded]."""
    user, site = call.user, call.site
    if site.settings.id_requires_advanced and MANAGE_CONTACTS not in user.permissions:
        return refuse(call, Forbidden(MANAGE_CONTACTS))
    verdict = gate.counted(site, user, (ID_CALLS,))
    if isinstance(verdict, Over):
        call.refused = str(verdict)
        return Reply(429)
    base = pods.base_url(site.pod, call.address, call.base_url)
    return json_reply(
        {
            "site": {"id": site.id, "name": site.name},
            "user": {
                "id": user.id,
                "username": user.name,
                "displayName": user.display_name,
                "firstName": user.first_name,
                "lastName": user.last_name,
                "emailAddress": user.email_address,
            },
            "urls": {
                "base": base,
                "apis": {
                    "soap": {
                        "standard": f"{base}/API/{{version}}/Service.svc",
                        "dataTransfer": f"{base}/API/{{version}}/DataTransferService.svc",
                        "email": f"{base}/API/{{version}}/EmailService.svc",
                        "externalAction": f"{base}/API/{{version}}/ExternalActionService.svc",
                    },
                    "rest": {
                        "standard": f"{base}/API/REST/{{version}}/",
                        "bulk": f"{base}/API/Bulk/{{version}}/",
                    },
                },
            },
        },
        content_type=JSON_UTF8,
    )


def refuse(call: Call, refusal: Refusal) -> Reply:
    """Whatever is wrong, the answer is the same."""
    call.refused = str(refusal)
    return NOT_AUTHENTICATED


def trouble(call: Call, status: int) -> Reply:
    """An answer of that status for a fault."""
    return NOT_AUTHENTICATED if status == 401 else plainly(call, status)


def face() -> Face:
    """The login face."""
    return Face(
        name="login",
        operations=[
            Operation(method="GET", path="/id", handler=identity, name="Who am I", sure=Sureness.RECORDED),
        ],
        refuse=refuse,
        trouble=trouble,
        fail=lambda call, error: None,
        missing=lambda what: Reply(405 if what == "method" else 404),
        on_login_host=True,
        bare_entry=True,
        longest_body=65_536,
    )
