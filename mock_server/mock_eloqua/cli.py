"""The command `mock-eloqua`: start the emulator, or drive one that runs."""

from __future__ import annotations

import gc
import json
import signal
import sys
import threading
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit

import click

from mock_eloqua import __version__, releases

if TYPE_CHECKING:
    from mock_eloqua.site import Options
    from mock_eloqua.sites import Sites

Command = TypeVar("Command", bound=Callable[..., Any])


def option(name: str, **details: Any) -> Callable[[Command], Command]:
    """An option that is also the environment variable `MOCK_ELOQUA_<NAME>`."""
    variable = f"MOCK_ELOQUA_{name.strip('-').replace('-', '_').upper()}"
    return click.option(name, envvar=variable, show_default=True, **details)


def _read_config(context: click.Context, _: click.Parameter, file: Path | None) -> None:
    if file is None:
        return
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"the config file {file} cannot be read: {error}") from error
    for table in ("settings", "changes"):
        context.meta[table] = found.pop(table, {})
        if not isinstance(context.meta[table], dict):
            raise click.UsageError(f"the config file {file} has {table} that are no table; write [{table}]")
    known = {each.name for each in context.command.params} - {"config"}
    options = {name.replace("-", "_"): value for name, value in found.items()}
    for name, value in options.items():
        if name not in known:
            raise click.UsageError(f"the config file {file} has an unknown option {name!r}")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise click.UsageError(f"the config file {file} has a {name} that is neither a text nor a whole number")
    context.default_map = options


def _check_url(_: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    try:
        found = urlsplit(url or "http://none")
        sound = found.scheme in ("http", "https") and bool(found.hostname) and found.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise click.BadParameter(f"{url!r} is no URL such as http://127.0.0.1:8080", param=parameter)
    return url


def _check_token(_: click.Context, parameter: click.Parameter, token: str | None) -> str | None:
    if token is not None and not (token.isascii() and token.isprintable() and token.strip()):
        raise click.BadParameter("a token has one sign or more, all of them ASCII", param=parameter)
    return token


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mock-eloqua")
def commands() -> None:
    """A local Oracle Eloqua: SOAP 1.2, REST and Bulk over one shared state."""


@commands.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_read_config,
    envvar="MOCK_ELOQUA_CONFIG",
    help="A TOML file with these options, switches under [settings], changes of releases under [changes].",
)
@option("--host", default="127.0.0.1", help="Address to listen on.")
@option("--port", default=8080, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@option("--store", default="memory", help="memory, a file, or postgresql://user@host/database.")
@option("--profile", default="documented", help="Thresholds: documented, strict, seed or off.")
@option("--release", default=releases.LATEST, help="The Eloqua release to behave like.")
@option("--seed", default="default", help="What a new site holds: default, empty, demo, or a JSON or YAML file.")
@option(
    "--public-url",
    default=None,
    callback=_check_url,
    help="What /id and the WSDLs name; else what the caller's Host says.",
)
@option("--control-token", default=None, callback=_check_token, help="Ask callers of /_mock for this bearer token.")
@click.pass_context
def serve(  # noqa: PLR0917  one parameter per option, as click passes them
    context: click.Context,
    host: str,
    port: int,
    store: str,
    profile: str,
    release: str,
    seed: str,
    public_url: str | None,
    control_token: str | None,
) -> None:
    """Start the emulator; Ctrl-C and SIGTERM stop it."""
    # Here, since the emulator takes 0.3 s to import, which the other commands need not spend.
    from mock_eloqua.embedded import REFUSALS
    from mock_eloqua.house import application
    from mock_eloqua.server import BackgroundServer, listen
    from mock_eloqua.settings import Settings
    from mock_eloqua.site import Options
    from mock_eloqua.sites import DEFAULT_SITE, Sites
    from mock_eloqua.store import place

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = Settings().changed(context.meta.get("settings", {}))
        changes = context.meta.get("changes", {})
        options = Options(profile=profile, release=release, seed=seed, settings=settings, changes=changes)
        # The socket first: where another server listens, its store is not touched.
        with closing(listen(host, port)) as bound, closing(Sites(place(store, DEFAULT_SITE), options)) as sites:
            server = BackgroundServer(application(sites, public_url, control_token), bound)
            server.start()
            gc.set_threshold(50_000, 10, 10)  # records by the thousand are no garbage: a tenth of an import [measured]
            gc.freeze()  # what is loaded stays: to look through it again would stop all calls for 50 ms [measured]
            _greet(server.base_url, sites, options)
            stop.wait()
            server.stop()
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error


def _greet(base_url: str, sites: Sites, options: Options) -> None:
    from mock_eloqua.crm.seeds import PASSWORD

    login = f"{sites.default.name}\\api.user"
    click.echo(f"Mock Eloqua {__version__} at {base_url}")
    click.echo(f"  release {options.release}, profile {options.profile}, store {sites.place.kind}")
    click.echo(f"  sign in as {login} with password {PASSWORD}")
    click.echo(f"  curl -u '{login}:{PASSWORD}' {base_url}/id")
    sys.stdout.flush()


def driving(command: Command) -> Command:
    """The options of commands that drive a running emulator."""
    command = option("--site", default=None, help="The site to work on; else the default one.")(command)
    command = option("--control-token", default=None, callback=_check_token, help="The server's control token.")(
        command
    )
    return option("--server", default="http://127.0.0.1:8080", callback=_check_url, help="The running emulator.")(
        command
    )


@commands.command()
@driving
@click.option("--seed", default=None, help="default, empty or demo; else what the server started with.")
def reset(server: str, site: str | None, control_token: str | None, seed: str | None) -> None:
    """Bring a site back to its seed."""
    body = json.dumps({"seed": seed} if seed else {}).encode()
    _control(server, site, control_token, "/_mock/reset", body, "application/json")
    click.echo(f"{site or 'The site'} is as new")


@commands.command()
@driving
@click.argument("file", type=click.File("rb"))
def seed(server: str, site: str | None, control_token: str | None, file: Any) -> None:
    """Add users, fields, contacts and lists from FILE.

    It is JSON when its name ends so, else YAML; - is standard input.
    """
    media_type = "application/json" if file.name.lower().endswith(".json") else "application/yaml"
    try:
        document = file.read()
    except OSError as error:
        raise click.ClickException(f"the seed {file.name} cannot be read: {error.strerror}") from error
    added = _control(server, site, control_token, "/_mock/seed", document, media_type)["added"]
    click.echo(", ".join(f"{count} {kind}" for kind, count in added.items()) or "nothing to add")


def _control(
    server: str, site: str | None, token: str | None, path: str, body: bytes, media_type: str
) -> dict[str, Any]:
    headers = {"Content-Type": media_type}
    if site:
        headers["X-Mock-Site"] = quote(site)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        call = urllib.request.Request(server.rstrip("/") + path, body, headers)  # noqa: S310  http only: _check_url
        with urllib.request.urlopen(call, timeout=60) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        raise click.ClickException(_said(error)) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise click.ClickException(
            f"no emulator answers at {server}: {reason}; start one with mock-eloqua serve"
        ) from error


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError):
        return f"{error.url} answers {error.code} {error.reason}; is it a Mock Eloqua?"


def main() -> None:
    """Run the command; whatever is wrong is one line, and the exit code tells."""
    try:
        code = commands.main(standalone_mode=False, prog_name="mock-eloqua")
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
