"""A client for Oracle Eloqua: REST, Bulk and SOAP, waiting or awaited; see docs/client.md."""

from eloqua_client.client import AsyncEloqua, Eloqua
from eloqua_client.driving import Hooks
from eloqua_client.errors import (
    AuthenticationError,
    Conflict,
    ConnectionTrouble,
    EloquaError,
    NotFound,
    PermissionDenied,
    ServerTrouble,
    StillRunning,
    SyncFailed,
    ThresholdExceeded,
    UntrustedServer,
    ValidationError,
)
from eloqua_client.failures import Failure
from eloqua_client.identity import Identity
from eloqua_client.manners import UNPACED, Manners
from eloqua_client.sign_in import Basic, OAuth, Tokens

__all__ = [
    "UNPACED",
    "AsyncEloqua",
    "AuthenticationError",
    "Basic",
    "Conflict",
    "ConnectionTrouble",
    "Eloqua",
    "EloquaError",
    "Failure",
    "Hooks",
    "Identity",
    "Manners",
    "NotFound",
    "OAuth",
    "PermissionDenied",
    "ServerTrouble",
    "StillRunning",
    "SyncFailed",
    "ThresholdExceeded",
    "Tokens",
    "UntrustedServer",
    "ValidationError",
]
