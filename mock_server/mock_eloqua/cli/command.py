"""The command itself: its group, options that are variables as well, and errors in one line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from mock_eloqua import __version__

FILE = click.Path(path_type=Path)
_OF_THE_KIT = ("httpx2", "hypothesis")
"""Modules that come with an extra, and that no other command asks for."""
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


as_json = click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")


def alone(given: dict[str, bool]) -> None:
    """Refuse more than one of what does not go together, each named as it is typed."""
    named = [name for name, is_given in given.items() if is_given]
    if len(named) > 1:
        raise click.UsageError(f"{named[0]} and {named[1]} do not go together; name one of them")


def _in_a_folder(_: click.Context, parameter: click.Parameter, file: Path | None) -> Path | None:
    """A file that can be made, told before the work of minutes has ended."""
    if file is not None and not file.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(file.parent)!r}", param=parameter)
    return file


def into_a_file(*names: str, allow_dash: bool = False, **details: Any) -> Callable[[Command], Command]:
    """An option that names a file which is to be written; with *allow_dash* `-` is standard output."""
    path = click.Path(dir_okay=False, writable=True, allow_dash=allow_dash, path_type=Path)
    return click.option(*names, type=path, callback=_in_a_folder, **details)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """What goes wrong while a file is written is one line that names it."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror or error}") from error


def main() -> None:
    """Run the command; whatever is wrong is one line, and the exit code tells."""
    sys.unraisablehook, before = _interrupt_again, sys.unraisablehook
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
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _OF_THE_KIT:
            raise
        _complain(click.ClickException("this takes mock-eloqua[contracts]: pip install 'mock-eloqua[contracts]'"))
        code = 1
    except OSError as error:  # such as a full disk below standard output
        _complain(click.ClickException(f"{error.filename or 'the output'}: {error.strerror or error}"))
        sys.stdout = None  # what is left in it would be tried again at the end
        code = 1
    finally:
        sys.unraisablehook = before
    sys.exit(code or 0)


def _interrupt_again(ignored: sys.UnraisableHookArgs) -> None:
    """Ctrl-C that came in a callback, such as Hypothesis' own of the garbage collector, which may not raise [seen]."""
    if ignored.exc_type is KeyboardInterrupt:
        threading.Timer(0.01, os.kill, [os.getpid(), signal.SIGINT]).start()
    else:
        sys.__unraisablehook__(ignored)


def _complain(error: click.ClickException, hint: str = "") -> None:
    said = " ".join(error.format_message().split())
    click.echo(f"mock-eloqua: {said.rstrip('.?') if hint else said.removesuffix('.')}{hint}", err=True)
