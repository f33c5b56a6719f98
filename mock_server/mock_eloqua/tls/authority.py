"""The user's own certificate authority: made once, kept in a folder, trusted by whoever is told to (decision 070).

The folder holds `authority.pem`, certificate and key together, for the user alone, and `ca.pem`, the certificate, which
follows from it. Two processes that start at once make two authorities, of which only one gets the name.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING

from mock_eloqua.clock import Clock

if TYPE_CHECKING:
    import trustme

LIFE = timedelta(days=397)
"""Of a certificate: Apple takes none that lives for more than 398 days."""
_SKEW = timedelta(days=1)
"""By which another machine's clock may be behind."""
_ORGANIZATION = "Mock Eloqua"
_PUBLIC = "ca.pem"


class BadCertificate(Exception):
    """A certificate or an authority cannot be used; the text is one line that says which and why."""


def default_folder() -> Path:
    """What MOCK_ELOQUA_CA_FOLDER says; else `mock-eloqua/ca` in XDG_DATA_HOME, on Windows in LOCALAPPDATA."""
    if said := os.environ.get("MOCK_ELOQUA_CA_FOLDER"):
        return Path(said)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "mock-eloqua/ca"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "mock-eloqua/ca"


def known(folder: Path | None = None) -> Path | None:
    """The certificate of the authority in a folder, for who wants to trust it; None: there is no authority yet."""
    file = (folder or default_folder()) / _PUBLIC
    return file if file.exists() else None


def now() -> datetime:
    """Real time: a site's clock may be set to 2012, which no client's certificate check would take for today."""
    return datetime.fromtimestamp(Clock().now() / 1000, UTC)


class Authority:
    """An authority that signs certificates."""

    def __init__(self, ca: trustme.CA, certificate: Path) -> None:
        self.certificate = certificate
        """The file that a client is told to trust."""
        self._ca = ca

    def certify(self, names: Sequence[str], context: SSLContext) -> datetime:
        """Give *context* a new certificate for hosts and addresses (`*.eloqua.com`, `::1`); until when it is good.

        Raises:
            BadCertificate: a name is none that a certificate can have.
        """
        ends = now() - _SKEW + LIFE
        try:
            leaf = self._ca.issue_cert(
                *names,
                common_name="localhost",
                organization_name=_ORGANIZATION,
                organization_unit_name="Certificate of one server",
                not_before=now() - _SKEW,
                not_after=ends,
            )
        except ValueError as error:
            raise BadCertificate(f"there is no certificate for {', '.join(names)}: {error}") from error
        leaf.configure_cert(context)
        return ends


def authority(folder: Path) -> Authority:
    """The authority in a folder, made when there is none.

    Raises:
        BadCertificate: the folder cannot be used, or what is in it is no authority of ours.
    """
    both, public = folder / "authority.pem", folder / _PUBLIC
    try:
        if not both.exists():
            _make(both)
        ca = _read(both)
        if not public.exists() or public.read_bytes() != ca.cert_pem.bytes():
            _write(public, ca.cert_pem.bytes(), 0o644)
    except OSError as error:
        reason = error.strerror or error
        raise BadCertificate(
            f"no certificate authority can be kept in {folder}: {reason}; name another --ca-folder"
        ) from error
    return Authority(ca, public)


def _trustme() -> type[trustme.CA]:
    try:
        import trustme
    except ImportError as error:
        raise BadCertificate("HTTPS takes mock-eloqua[tls]: pip install 'mock-eloqua[tls]'") from error
    return trustme.CA


def _make(both: Path) -> None:
    """Make an authority, unless another process is faster."""
    ca = _trustme()(
        path_length=0,
        organization_name=_ORGANIZATION,
        organization_unit_name=f"Local authority {secrets.token_hex(4)}",  # two of one name would be mistaken
    )
    both.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(both, ca.private_key_pem.bytes() + ca.cert_pem.bytes(), 0o600, only_if_new=True)


def _read(both: Path) -> trustme.CA:
    content = both.read_bytes()
    start = content.find(b"-----BEGIN CERTIFICATE-----")
    try:
        return _trustme().from_pem(cert_bytes=content[start:], private_key_bytes=content[:start])
    except (ValueError, TypeError) as error:
        raise BadCertificate(f"{both} holds no certificate authority; remove it, and another is made") from error


def _write(file: Path, content: bytes, mode: int, *, only_if_new: bool = False) -> None:
    """Write a file that others see as a whole or not at all."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as beside:
            beside.write(content)
        Path(name).chmod(mode)
        if only_if_new:
            with suppress(FileExistsError):
                file.hardlink_to(name)  # unlike a rename, it does not replace
        else:
            Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
