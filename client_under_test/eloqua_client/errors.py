"""All that can go wrong, in one tree below `EloquaError`. Texts say what to do; none holds a secret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from eloqua_client.failures import Failure

if TYPE_CHECKING:
    from eloqua_client.bulk.syncs import LogLine, Sync
    from eloqua_client.calls import Answer, Call


class EloquaError(Exception):
    """A call that failed.

    Attributes:
        status: of the answer; 0 where there was none.
        request_id: what Oracle's support asks for; empty where there is none.
        failures: what was wrong with the request, thing by thing.
    """

    def __init__(
        self,
        message: str,
        *,
        call: Call | None = None,
        answer: Answer | None = None,
        failures: Sequence[Failure] = (),
    ) -> None:
        self.call = call
        self.answer = answer
        self.status = answer.status if answer else 0
        self.request_id = answer.request_id if answer else ""
        self.failures = tuple(failures)
        parts = [f"{call}: {message}" if call else message, *map(str, self.failures)]
        if self.request_id:
            parts.append(f"request id {self.request_id}")
        super().__init__("; ".join(parts))

    @classmethod
    def like(cls, other: EloquaError, message: str) -> Self:
        """Another reading of the same answer."""
        return cls(message, call=other.call, answer=other.answer, failures=other.failures)


class AuthenticationError(EloquaError):
    """Eloqua does not know who asks: wrong, locked, expired or disabled; no answer tells these apart."""


class PermissionDenied(EloquaError):
    """Eloqua knows who asks, and does not allow it: 403, or 401 from Bulk."""


class NotFound(EloquaError):
    """There is none (any more), or it is hidden by contact security: 404, 410."""


class Conflict(EloquaError):
    """It is there already, is in use, or something depends on it: 409, 412."""


class ValidationError(EloquaError):
    """The request is not as it must be; see `failures`: 400."""


class ThresholdExceeded(EloquaError):
    """More than Eloqua allows: 413, 429.

    Attributes:
        retry_after: seconds after which Eloqua takes calls again, where it says so.
    """

    retry_after: float | None = None


class ServerTrouble(EloquaError):
    """No answer, or none that can be used: 5xx, an error page, a body that was cut off, a time-out.

    Attributes:
        was_sent: it may have been carried out.
    """

    was_sent: bool = True


class ConnectionTrouble(ServerTrouble):
    """The call got no answer."""

    def __init__(self, message: str, *, call: Call | None = None, was_sent: bool = True) -> None:
        super().__init__(message, call=call)
        self.was_sent = was_sent


class UntrustedServer(EloquaError):
    """Nobody that is trusted vouches for the server's certificate, so that nothing was sent."""


class SyncFailed(EloquaError):
    """A sync of Bulk that ended in an error.

    Attributes:
        sync: as it ended.
        logs: why.
    """

    sync: Sync
    logs: Sequence[LogLine] = ()

    @classmethod
    def of(cls, sync: Sync, logs: Sequence[LogLine]) -> Self:
        """With the lines that say why."""
        why = [str(each) for each in logs if each.severity == "error"]
        found = cls("; ".join([f"{sync.uri} of {sync.definition_uri} ended in an error", *why]))
        found.sync, found.logs = sync, tuple(logs)
        return found


class StillRunning(EloquaError):
    """A sync of Bulk that has not ended in time. It goes on: nothing was cleaned up, and it can be resumed.

    Attributes:
        sync: as it stood.
    """

    sync: Sync

    @classmethod
    def of(cls, sync: Sync) -> Self:
        """With what to do about it."""
        found = cls(f"{sync.uri} is {sync.status}, and the time is up (resume {sync.definition_uri})")
        found.sync = sync
        return found
