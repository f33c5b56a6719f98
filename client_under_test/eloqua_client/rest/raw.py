"""Any operation of REST, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from eloqua_client.calls import Answer, Steps, json_call
from eloqua_client.rest.wire import Object, text_of
from eloqua_client.session import Session

T = TypeVar("T")


def json_of(answer: Answer) -> Any:
    """The JSON of an answer; None where it has no body, as after DELETE."""
    return answer.json() if answer.content else None


def ask(
    session: Session,
    method: str,
    path: str,
    params: Mapping[str, Any] | None = None,
    body: Any = None,
    *,
    version: str = "2.0",
    read: Callable[[Any], T] = lambda found: found,
) -> Steps[T]:
    """Send a call; what *read* makes of the JSON in its answer.

    The *path* is below `/API/REST/{version}/`, such as `data/contact/1`; the *params* are flags, times and numbers as
    Python has them, or None, which is left out; the *body* is JSON, or an object with a type.

    Raises:
        ValueError: parameters in the path, or a time without a zone.
        EloquaError: of the kind that the answer means.
    """
    if "?" in path:
        raise ValueError(f"{path}: give parameters by name, such as count=10")
    asked = {name: text_of(value) for name, value in (params or {}).items() if value is not None}
    sent = body.wire() if isinstance(body, Object) else body
    call = json_call("rest", method, f"/API/REST/{version}/{path.strip('/')}", sent, asked)
    return (yield from session.ask(call, lambda answer: read(json_of(answer))))
