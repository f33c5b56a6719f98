"""What passes between the core, which knows Eloqua and does no I/O, and the drivers, which do I/O and know nothing.

A piece of work is a generator: it yields what it needs done, is sent what came of it, and returns its result.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Literal, TypeAlias, TypeVar

T = TypeVar("T")

Face = Literal["id", "token", "rest", "bulk", "soap"]
"""Which API a call goes to; `id` and `token` are on the login host."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request, before anything is known of where Eloqua is and who asks."""

    method: str
    path: str
    """From the root of the host, such as `/API/REST/2.0/data/contact/1`."""
    face: Face
    params: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = field(default=None, repr=False)
    content_type: str = "application/json"
    accept: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Those of signing, which no text shows."""
    host: str = ""
    """Filled in when it is sent: `https://secure.p04.eloqua.com`."""
    action: str = ""
    """The SOAPAction; empty elsewhere."""
    repeatable: bool = False
    """May it be sent again where nobody knows whether it was carried out?"""

    @property
    def url(self) -> str:
        """Without the parameters."""
        return self.host + self.path

    def at(self, host: str, headers: Mapping[str, str]) -> Call:
        """The same call as it is sent."""
        return replace(self, host=host, headers=headers)

    def __str__(self) -> str:
        operation = self.action.rpartition("/")[2]
        return f"{self.method} {self.url}{f' {operation}' if operation else ''}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Names in small letters. No text shows them: a cookie is a secret."""
    content: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as JSON; None for 204, which has none.

        Raises:
            ValueError: it is none: an error page, or cut off.
        """
        if self.status == HTTPStatus.NO_CONTENT:
            return None
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error

    @property
    def request_id(self) -> str:
        """What Oracle's support asks for; empty where there is none."""
        return self.headers.get("x-request-id", "")


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SignIn:
    """Let one worker at a time see to it that there is a sign-in newer than *stale*."""

    stale: int


@dataclass(frozen=True, slots=True)
class Take:
    """Hand over what the caller has, thing by thing, until *is_full* says that it is enough, or there is no more."""

    source: Iterator[Any] | AsyncIterator[Any]
    is_full: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Give:
    """Hand these to the caller, who may take their time, or leave."""

    items: Iterable[Any]


Wish: TypeAlias = Call | Pause | SignIn | Take | Give
Steps: TypeAlias = Generator[Wish, Answer, T]
"""Work that results in a T. It is sent an answer that says nothing, but after a call.

What befalls a driver on the way is thrown into the work, be it that the caller leaves: it may clean up with calls.
"""

NOTHING = Answer(0)


def json_call(
    face: Face,
    method: str,
    path: str,
    body: Any = None,
    params: Mapping[str, Any] | None = None,
    *,
    repeatable: bool | None = None,
) -> Call:
    """A call with a JSON body, if any. All but POST may be sent again unless told otherwise."""
    return Call(
        method,
        path,
        face,
        {name: str(value) for name, value in (params or {}).items() if value is not None},
        None if body is None else json.dumps(body, ensure_ascii=False).encode(),
        repeatable=method != "POST" if repeatable is None else repeatable,
    )
