"""What an answer means: fine, or which error of the tree (`errors`)."""

from __future__ import annotations

from http import HTTPStatus

from eloqua_client.calls import Answer, Call
from eloqua_client.errors import (
    AuthenticationError,
    Conflict,
    EloquaError,
    NotFound,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    ValidationError,
)
from eloqua_client.failures import failures

_LONGEST = 300
_KINDS: dict[int, tuple[type[EloquaError], str]] = {
    400: (ValidationError, "mend the request"),
    401: (AuthenticationError, "check site, user and password, or sign in anew"),
    403: (PermissionDenied, "ask an administrator for the right, or whether the module is enabled"),
    404: (NotFound, "check the id; a contact may also be hidden by contact security"),
    409: (Conflict, "it is there already or in use"),
    410: (NotFound, "it was there and has been deleted or has expired"),
    412: (Conflict, "delete or change first what depends on it"),
    413: (ThresholdExceeded, "the storage is full: delete staged data, or wait until it expires"),
    429: (ThresholdExceeded, "too many calls: slow down"),
}


def error(call: Call, answer: Answer) -> EloquaError | None:
    """What is wrong, or None."""
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    kind: type[EloquaError]
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, advice = ServerTrouble, "try again later"
    elif answer.status < HTTPStatus.BAD_REQUEST:
        kind, advice = ServerTrouble, "Eloqua does not redirect: check the address"
    else:
        kind, advice = _KINDS.get(answer.status, (ServerTrouble, "no status that Eloqua documents"))
    said = f"{answer.status} {answer.reason}".strip()
    found = kind(f"{said} ({advice})", call=call, answer=answer, failures=failures(answer))
    if isinstance(found, ThresholdExceeded):
        found.retry_after = retry_after(answer)
    return found


def permission_denied(refused: EloquaError) -> PermissionDenied:
    """What a 401 means for somebody whom the login host knows: Bulk answers so where a right is missing [client]."""
    return PermissionDenied.like(refused, "refused although the sign-in is good: the user lacks a right")


def unreadable(call: Call, answer: Answer, error: Exception | None = None) -> ServerTrouble:
    """An answer that should be JSON of a known form, and is an error page, was cut off, or has another form."""
    kind = answer.headers.get("content-type", "no content type")
    why = f": {' '.join(str(error).split())[:_LONGEST]}" if error else ""
    return ServerTrouble(
        f"{answer.status} with a body that cannot be read ({kind}; try again){why}", call=call, answer=answer
    )


def retry_after(answer: Answer) -> float | None:
    """The seconds in `Retry-After`; None where there is no number. No date was ever seen."""
    try:
        return max(0.0, float(answer.headers.get("retry-after", "")))
    except ValueError:
        return None
