"""What `serve` is told about HTTPS."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_eloqua.cli.command import FILE, option
from mock_eloqua.tls.authority import authority, default_folder

if TYPE_CHECKING:
    from ssl import SSLContext

    from mock_eloqua.tls.proxy import Proxy


@dataclass(frozen=True)
class Https:
    """The options `--tls`, `--proxy`, `--ca-folder`, `--tls-certificate` and `--tls-key`."""

    tls: bool
    proxy: int | None
    ca_folder: Path
    tls_certificate: Path | None
    tls_key: Path | None

    def __post_init__(self) -> None:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise click.UsageError("--tls-certificate and --tls-key go together; name both or neither")

    @property
    def is_own(self) -> bool:
        """Does the port show a certificate of the authority in the folder?"""
        return self.tls and self.tls_certificate is None

    def listening(self, host: str) -> AbstractContextManager[Proxy | None]:
        """The proxy at an address, until it is closed; None where there shall be none.

        Raises:
            BadCertificate: there is no certificate for it.
            CannotListen: the port cannot be used.
        """
        if self.proxy is None:
            return nullcontext()
        from mock_eloqua.server import listen_as_proxy

        return closing(listen_as_proxy(host, self.proxy, self.ca_folder))

    def context(self, *hosts: str | None) -> SSLContext | None:
        """What the server shows on a port that it is reached at under these names; None: it speaks plain HTTP.

        Raises:
            BadCertificate: there is no certificate for them.
        """
        from mock_eloqua.tls import context

        if self.tls_certificate is not None and self.tls_key is not None:
            return context.given(self.tls_certificate, self.tls_key)
        return context.own(authority(self.ca_folder), context.names(hosts)) if self.tls else None


def https(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command those options, as an `Https` named *https*."""

    @option("--tls", is_flag=True, help="Speak HTTPS, with a certificate of the authority in --ca-folder.")
    @option(
        "--proxy",
        type=click.IntRange(0, 65535),
        default=None,
        help="Be an HTTP proxy on that port too, for clients that name login.eloqua.com.",
    )
    @option("--ca-folder", type=FILE, default=None, help="Where the authority is; else among your data.")
    @option("--tls-certificate", type=FILE, default=None, help="Speak HTTPS with this certificate of yours (PEM).")
    @option("--tls-key", type=FILE, default=None, help="Its key (PEM).")
    @wraps(command)
    def told(
        *others: Any,
        tls: bool,
        proxy: int | None,
        ca_folder: Path | None,
        tls_certificate: Path | None,
        tls_key: Path | None,
        **named: Any,
    ) -> None:
        command(*others, https=Https(tls, proxy, ca_folder or default_folder(), tls_certificate, tls_key), **named)

    return told
