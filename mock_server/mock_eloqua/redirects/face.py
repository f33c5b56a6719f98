"""`GET /e/er?s={site}&lid={hyperlink}`: on to where a redirect link leads, for whoever follows it [inferred].

A click leaves no activity: nothing in the address says whose it was.
"""

from __future__ import annotations

from urllib.parse import quote

from mock_eloqua.crm import assets, markup, redirects, references
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, Operation

_AS_IT_IS = "%/:=&?~#+!$,;'@()*[]"


def follow(call: Call) -> Reply:
    """302 to the address of the hyperlink."""
    number = call.query().get(redirects.SITE, "")
    site = next((each for each in call.sites if str(each.id) == number), None)
    key = redirects.target(site, f"{redirects.PATH}?{call.query_string.decode('latin-1')}") if site else None
    if site is None or key is None or not references.exists(site, markup.HYPERLINK, key):
        return Reply(404)
    href = assets.get(site, markup.HYPERLINK, key).doc["href"]
    return Reply(302, headers=((b"location", quote(href, safe=_AS_IT_IS).encode()),))


def face() -> Face:
    """The face of redirect links."""
    return Face(
        name="redirects",
        operations=[
            Operation(
                method="GET",
                path=redirects.PATH,
                handler=follow,
                name="Where a redirect link leads",
                sure=Sureness.INFERRED,
            ),
        ],
        refuse=lambda call, refusal: Reply(404),
        fail=lambda call, error: None,
        missing=lambda what: Reply(405 if what == "method" else 404),
        signs_in=False,
        longest_body=65_536,
    )
