"""Mock Eloqua: a local Oracle Eloqua that speaks SOAP 1.2, REST and Bulk over one shared state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["MockEloqua", "asgi_app"]

if TYPE_CHECKING:
    from mock_eloqua.embedded import MockEloqua
    from mock_eloqua.house import asgi_app


def __getattr__(name: str) -> Any:
    """Import the emulator when it is first asked for: the pytest plugin lives in this package too."""
    if name == "MockEloqua":
        from mock_eloqua.embedded import MockEloqua

        return MockEloqua
    if name == "asgi_app":
        from mock_eloqua.house import asgi_app

        return asgi_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
