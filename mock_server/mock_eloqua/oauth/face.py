"""The OAuth face: `/auth/oauth2/authorize` and `/auth/oauth2/token` (`platform` 1.3 to 1.6)."""

from __future__ import annotations

from mock_eloqua.oauth import authorization, token
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Reply
from mock_eloqua.web.operation import Face, Operation

AUTHORIZE, TOKEN = "/auth/oauth2/authorize", "/auth/oauth2/token"


def face() -> Face:
    """The OAuth face. Whoever calls shows itself in the way of the endpoint, so that nobody is refused before."""
    return Face(
        name="oauth",
        operations=[
            Operation(method="GET", path=AUTHORIZE, handler=authorization.ask, name="Ask a user for consent"),
            Operation(
                method="POST",
                path=AUTHORIZE,
                handler=authorization.decide,
                name="The user's decision",
                sure=Sureness.INFERRED,
            ),
            Operation(method="POST", path=TOKEN, handler=token.give, name="Get tokens"),
        ],
        refuse=lambda call, refusal: Reply(401),
        fail=lambda call, error: Reply(400) if isinstance(error, BadBody) else None,
        missing=lambda what: Reply(405 if what == "method" else 404),
        signs_in=False,
        on_login_host=True,
        longest_body=65_536,
    )
