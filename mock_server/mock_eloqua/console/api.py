"""REST asked from inside the server: by somebody who may do everything, past the paces and the request log.

What REST validates, refuses and shows, the pages do too: the same handlers, the same declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from sqlalchemy import true

from mock_eloqua.access import users
from mock_eloqua.access.limits import REST_PAGE
from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, all_rights
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.users import User
from mock_eloqua.console.kinds import Kind
from mock_eloqua.console.visit import Declined, Visit
from mock_eloqua.crm.errors import Invalid
from mock_eloqua.rest import handlers
from mock_eloqua.rest.face import face
from mock_eloqua.web.call import Call, Reply

PAGE = 50
"""Objects on a page of a list."""
_ALL_RIGHTS = frozenset((*ACTION_PERMISSIONS, *all_rights(ASSET_TYPES)))
_JSON = {b"content-type": b"application/json"}


class Objects:
    """The objects of a kind, as REST has them."""

    def __init__(self, visit: Visit, kind: Kind, parent: int | None = None) -> None:
        self._visit = visit
        self._kind = kind
        self._parent = parent

    def find(self, search: str = "", order: str = "", page: str = "1", size: int = PAGE) -> dict[str, Any]:
        """A page of them: `elements`, `page`, `pageSize` and `total`.

        Raises:
            Declined: REST refuses it.
        """
        count = min(size, self._visit.site.thresholds.most(REST_PAGE))
        wanted = {"search": search, "orderBy": order, "page": page, "count": str(count), "depth": "partial"}
        shown = {"includeArchived": "true"} if self._kind.resource.can_be_archived else {}
        asked = {name: value for name, value in wanted.items() if value} | shown
        everything = handlers.find(self._kind.resource, self._kind.version, lambda _call: true())
        found: dict[str, Any] = self._ask(everything, "GET", self._kind.resource.many, query=asked)
        return found

    def read(self, key: int) -> dict[str, Any]:
        """One, at depth complete.

        Raises:
            Declined: there is none.
        """
        found: dict[str, Any] = self._ask(self._of(handlers.read), "GET", self._one, key, {"depth": "complete"})
        return found

    def create(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A new one.

        Raises:
            Declined: REST refuses it.
        """
        made: dict[str, Any] = self._ask(self._of(handlers.create), "POST", self._kind.resource.single, body=given)
        return made

    def change(self, key: int, given: Mapping[str, Any]) -> None:
        """Put *given* in its place.

        Raises:
            Declined: REST refuses it.
        """
        self._ask(self._of(handlers.change), "PUT", self._one, key, body=given)

    def delete(self, key: int) -> None:
        """Remove one.

        Raises:
            Declined: REST refuses it.
        """
        self._ask(self._of(handlers.delete), "DELETE", self._one, key)

    @property
    def _one(self) -> str:
        return f"{self._kind.resource.single}/{{{self._kind.resource.key}}}"

    def _of(self, made: Callable[..., handlers.Handler]) -> handlers.Handler:
        return made(self._kind.resource, self._kind.version)

    def _ask(
        self,
        handler: handlers.Handler,
        method: str,
        path: str,
        key: int | None = None,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        params = dict.fromkeys(re.findall(r"{(\w+)}", path), str(self._parent))
        if key is not None:
            params[self._kind.resource.key] = str(key)
        sent = b"" if body is None else orjson.dumps(body)
        named = {} if body is None else _JSON
        call = Call(
            method=method,
            path=f"/API/REST/{self._kind.version}/{path.format(**params)}",
            query_string=urlencode(query or {}).encode(),
            headers=list(named.items()),
            named=named,
            base_url=str(self._visit.request.base_url).partition("/_mock")[0],
            sites=self._visit.sites,
            params=params,
            body=sent,
            caller=Caller(self._visit.site, _somebody(self._visit)),
        )
        try:
            reply = handler(call)
        except Exception as error:
            refused = face().fail(call, error)
            if refused is None:
                raise
            raise _declined(error, refused) from error
        return orjson.loads(reply.body) if reply.body else None


def _somebody(visit: Visit) -> User:
    """The first user, whose id stands in the stamps, with every right."""
    first = min(users.everyone(visit.site).values(), key=lambda each: each.id, default=None)
    return User(
        id=first.id if first else 1,
        name=first.name if first else "console",
        password="",
        first_name="",
        last_name="",
        email_address="",
        is_enabled=True,
        permissions=_ALL_RIGHTS,
        is_sso_only=False,
        password_expires=False,
        password_set_at=None,
    )


def _declined(error: Exception, refused: Reply) -> Declined:
    why = str(error) or type(error).__name__
    if isinstance(error, Invalid):
        given = [f" was {each.value!r}" if each.value is not None else " is missing" for each in error.failures]
        lines = zip(error.failures, given, strict=True)
        why = "; ".join(f"{each.property}{said}: {each.requirement}" for each, said in lines)
    return Declined(why, refused.status, refused.body.decode("utf-8", "replace"))
