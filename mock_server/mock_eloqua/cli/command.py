"""The command itself: its group, options that are variables as well, and errors in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from mock_eloqua import __version__

FILE = click.Path(path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mock-eloqua")
def commands() -> None:
    """A local Oracle Eloqua: SOAP 1.2, REST and Bulk over one shared state."""


def option(name: str, **details: Any) -> Callable[[Command], Command]:
    """An option that is also the environment variable `MOCK_ELOQUA_<NAME>`."""
    variable = f"MOCK_ELOQUA_{name.strip('-').replace('-', '_').upper()}"
    return click.option(name, envvar=variable, show_default=True, **details)


def check_url(_: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    """A URL, if one is given."""
    try:
        found = urlsplit(url or "http://none")
        sound = found.scheme in ("http", "https") and bool(found.hostname) and found.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise click.BadParameter(f"{url!r} is no URL such as http://127.0.0.1:8080", param=parameter)
    return url


def check_token(_: click.Context, parameter: click.Parameter, token: str | None) -> str | None:
    """A token that fits into a header, if one is given."""
    if token is not None and not (token.isascii() and token.isprintable() and token.strip()):
        raise click.BadParameter("a token has one sign or more, all of them ASCII", param=parameter)
    return token


def main() -> None:
    """Run the command; whatever is wrong is one line, and the exit code tells."""
    try:
        colour = False if os.environ.get("NO_COLOR") else None  # None: where somebody looks
        code = commands.main(standalone_mode=False, prog_name="mock-eloqua", color=colour)
    except click.exceptions.Abort:
        code = 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = 2
    except click.UsageError as error:
        hint = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        _complain(error, hint)
        code = 2
    except click.ClickException as error:
        _complain(error)
        code = 1
    sys.exit(code or 0)


def _complain(error: click.ClickException, hint: str = "") -> None:
    click.echo(f"mock-eloqua: {' '.join(error.format_message().split()).rstrip('.?')}{hint}", err=True)
