"""Which POD a command asks, and as whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eloqua_contracts.targets.live import Live
    from eloqua_contracts.targets.mock import Mock

_OPTIONS = (
    click.option("--target", default="mock", show_default=True, help="mock, the URL of an emulator, or live."),
    click.option("--release", default=None, help="mock: the release that it is to behave like."),
    click.option("--control-token", default=None, envvar="MOCK_ELOQUA_CONTROL_TOKEN", help="URL: its --control-token."),
    click.option("--site", default=None, help="live: the name of the site, typed out."),
    click.option(
        "--credentials",
        type=click.Path(path_type=Path),
        default=None,
        help="live: a TOML file with users; else ELOQUA_USER and ELOQUA_PASSWORD.",
    ),
    click.option("--allow-writes", is_flag=True, help="live: make things, and remove them again."),
    click.option("--state", type=click.Path(path_type=Path), default=None, help="live: a folder for journals."),
)


@dataclass(frozen=True)
class Target:
    """A POD that is to be asked."""

    target: str
    release: str | None = None
    control_token: str | None = None
    site: str | None = None
    credentials: Path | None = None
    allow_writes: bool = False
    state: Path | None = None

    @property
    def is_live(self) -> bool:
        """Is it asked with care?"""
        return self.target == "live"

    @property
    def name(self) -> str:
        """As reports call it."""
        return f"live {self.site}" if self.is_live else self.target

    @contextmanager
    def opened(self) -> Iterator[Mock | Live]:
        """The target, ready to be asked.

        Raises:
            click.ClickException: it cannot be.
        """
        with complaints():
            if self.is_live:
                with self._live() as live:
                    yield live
            else:
                with self._emulator() as mock:
                    yield mock

    @contextmanager
    def _live(self) -> Iterator[Live]:
        from eloqua_contracts.targets import credentials, live

        if not self.site:
            raise click.UsageError("a live POD takes --site NAME, typed out")
        found = credentials.read(self.site, self.credentials)
        with live.opened(found, self.site, writes=self.allow_writes, folder=self.state or live.FOLDER) as opened:
            yield opened
        for line in opened.left:
            click.echo(f"left behind: {line}", err=True)

    @contextmanager
    def _emulator(self) -> Iterator[Mock]:
        from eloqua_contracts.targets import mock

        if self.release and self.target != "mock":
            raise click.UsageError("--release is for --target mock; others have their own")
        if self.target == "mock":
            options: dict[str, Any] = {"release": self.release} if self.release else {}
            with mock.started(**options) as emulator:
                yield emulator
        elif self.target.startswith(("http://", "https://")):
            with mock.at(self.target, self.control_token) as emulator:
                yield emulator
        else:
            raise click.UsageError(f"there is no target {self.target!r}; name mock, a URL, or live")


@contextmanager
def complaints() -> Iterator[None]:
    """What is wrong with a target or a file is one line."""
    from eloqua_contracts.care.journal import BadJournal
    from eloqua_contracts.kept import BadFile
    from eloqua_contracts.targets.credentials import BadCredentials
    from eloqua_contracts.targets.live import Refused
    from mock_eloqua.control_client import ControlError
    from mock_eloqua.embedded import REFUSALS

    try:
        yield
    except (*REFUSALS, BadCredentials, BadFile, BadJournal, ControlError, OSError, Refused) as error:
        said = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        raise click.ClickException(said) from error


def with_target(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a target; it takes a `Target` as `target`."""

    @wraps(command)
    def run(**options: Any) -> Any:
        named = {each: options.pop(each) for each in Target.__dataclass_fields__}
        return command(target=Target(**named), **options)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run
