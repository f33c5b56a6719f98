"""Runs the application under uvicorn, in a thread: for the command as well as for tests."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import uvicorn

from mock_eloqua.http_protocol import HttpProtocol, write_reasons
from mock_eloqua.tls import context
from mock_eloqua.tls.authority import authority
from mock_eloqua.tls.proxy import Proxy, Tunnel
from mock_eloqua.web.application import App

_TICK = 0.05
"""Seconds between two looks at connections that close."""


class CannotListen(Exception):
    """The address cannot be used; the text says which and why."""


def listen(host: str, port: int, option: str = "--port") -> socket.socket:
    """A bound socket; port 0 takes a free one. *option* is what its user changes if it cannot be had.

    Raises:
        CannotListen: the address is in use, not ours, or no address.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            bound.listen(1024)
        except BaseException:
            bound.close()
            raise
    except (OSError, OverflowError, ValueError) as error:  # ValueError: no host name
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotListen(f"cannot listen on {host}:{port}: {reason}; name another --host or {option}") from error
    return bound


def listen_as_proxy(host: str, port: int, ca_folder: Path) -> Proxy:
    """A proxy that is the live hosts, with a certificate of the authority in a folder.

    Raises:
        BadCertificate: there is no certificate for it.
        CannotListen: the address is in use, not ours, or no address.
    """
    shown = context.own(authority(ca_folder), context.names(()))
    return Proxy(listen(host, port, "--proxy"), shown)


def base_url(bound: socket.socket, scheme: str = "http") -> str:
    """The address of a bound socket as a URL."""
    host, port = bound.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


class _Server(uvicorn.Server):
    """uvicorn, with a proxy that hands its connections over to it."""

    def __init__(self, config: uvicorn.Config, proxy: Proxy | None) -> None:
        super().__init__(config)
        self._proxy = proxy

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen; uvicorn closes what is in `servers` when it ends."""
        await super().startup(sockets)
        if (proxy := self._proxy) is not None:
            state = self.server_state

            def serve() -> asyncio.Protocol:
                made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
                    config=self.config, server_state=state, app_state=self.lifespan.state
                )
                return made

            loop = asyncio.get_running_loop()
            self.servers.append(
                await loop.create_server(lambda: Tunnel(proxy, serve, lambda: len(state.connections)), sock=proxy.bound)
            )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve no more. Who was not through yet need not be waited for, nor a farewell in TLS."""
        for tunnel in list(self._proxy.tunnels) if self._proxy else ():
            tunnel.abort()
        hanging_up = asyncio.create_task(self._hang_up())
        await super().shutdown(sockets)
        hanging_up.cancel()

    async def _hang_up(self) -> None:
        """A client that keeps an idle connection open answers no close_notify: uvicorn would wait for it."""
        while True:
            await asyncio.sleep(_TICK)
            for each in list(self.server_state.connections):
                transport = each.transport
                if transport.is_closing() and not transport.get_write_buffer_size():
                    transport.abort()


def _server(app: App, tls: ssl.SSLContext | None, proxy: Proxy | None) -> uvicorn.Server:
    write_reasons()
    options: dict[str, Any] = {"lifespan": "off", "log_level": "warning", "access_log": False}
    if tls is not None:
        options["ssl_context_factory"] = lambda *_: tls
    config = uvicorn.Config(
        app,
        **options,
        http=HttpProtocol,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
    )
    return _Server(config, proxy)


class BackgroundServer:
    """A server in a thread of this process, on a socket of `listen`; with *tls* it speaks HTTPS there."""

    def __init__(
        self,
        app: App,
        bound: socket.socket,
        tls: ssl.SSLContext | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._bound = [bound] if proxy is None else [bound, proxy.bound]
        self.proxy_url = None if proxy is None else base_url(proxy.bound)
        self.base_url = base_url(bound, "http" if tls is None else "https")
        self._server = _server(app, tls, proxy)
        self._thread = threading.Thread(target=self._run, name="mock-eloqua server", daemon=True)

    def start(self) -> None:
        """Serve. The socket is listening already, so that callers need not wait."""
        self._thread.start()

    def _run(self) -> None:
        self._server.run(sockets=self._bound[:1])

    def stop(self) -> None:
        """Serve no more; calls under way may end."""
        if self._thread.ident is not None:
            self._server.should_exit = True
            self._thread.join(10)
        for each in self._bound:
            each.close()
