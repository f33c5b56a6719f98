"""`mock-eloqua serve`: start the emulator."""

from __future__ import annotations

import gc
import json
import shlex
import signal
import sys
import threading
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from mock_eloqua import __version__, releases
from mock_eloqua.cli.command import as_json, check_token, check_url, commands, option
from mock_eloqua.cli.https import Https, https
from mock_eloqua.cli.progress import telling
from mock_eloqua.mistyped import unknown
from mock_eloqua.tls.authority import known

if TYPE_CHECKING:
    from mock_eloqua import logs
    from mock_eloqua.server import BackgroundServer
    from mock_eloqua.site import Options
    from mock_eloqua.sites import Sites
    from mock_eloqua.web.application import App


def _read_config(context: click.Context, _: click.Parameter, file: Path | None) -> None:
    if file is None:
        return
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise click.UsageError(f"the config file {file} cannot be read: {reason}") from error
    for table in ("settings", "changes", "profiles"):
        context.meta[table] = found.pop(table, {})
        if not isinstance(context.meta[table], dict):
            raise click.UsageError(f"the config file {file} has {table} that are no table; write [{table}]")
    known = [each.opts[0].lstrip("-") for each in context.command.params if each.envvar and each.name != "config"]
    flags = {each.name for each in context.command.params if isinstance(each, click.Option) and each.is_flag}
    options = {name.replace("-", "_"): value for name, value in found.items()}
    for name, value in options.items():
        if name.replace("_", "-") not in known:
            raise click.UsageError(f"the config file {file}: {unknown('option', name, known)}")
        if not isinstance(value, bool if name in flags else str | int) or (isinstance(value, bool) != (name in flags)):
            kind = "neither true nor false" if name in flags else "neither a text nor a whole number"
            raise click.UsageError(f"the config file {file} has a {name} that is {kind}")
    context.default_map = options


@commands.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_read_config,
    envvar="MOCK_ELOQUA_CONFIG",
    help="A TOML file with these options; [settings], [changes] of releases, [profiles.NAME].",
)
@option("--host", default="127.0.0.1", help="Address to listen on.")
@option("--port", default=8080, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@option("--store", default="memory", help="memory, a file, or postgresql://user@host/database.")
@option("--profile", default="documented", help="Thresholds: documented, strict, seed, off, or of --config.")
@option("--release", default=releases.LATEST, help="The Eloqua release to behave like.")
@option(
    "--seed",
    default="default",
    help="What a new site holds: default, empty, demo, load:100000 (so many contacts), or a JSON, YAML or CSV file.",
)
@option(
    "--public-url",
    default=None,
    callback=check_url,
    help="What /id and the WSDLs name; else what the caller's Host says.",
)
@option(
    "--calibration",
    default=None,
    type=click.Path(path_type=Path),
    help="Settings as a live POD was found to have them; written by contracts calibrate.",
)
@option("--control-token", default=None, callback=check_token, help="Ask callers of /_mock for this bearer token.")
@option("--log", type=click.Choice(["text", "json"]), default=None, help="Write what happens to standard error.")
@option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="info",
    help="From where on; each call is an info.",
)
@option("--traces", is_flag=True, help="Send a trace of each call, to where the OTEL_* variables say.")
@https
@as_json
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
    calibration: Path | None,
    control_token: str | None,
    log: logs.Form | None,
    log_level: str,
    traces: bool,
    https: Https,
    *,
    as_json: bool,
) -> None:
    """Start the emulator; Ctrl-C and SIGTERM stop it.

    With --json, one line of JSON says where it is, as soon as it answers.
    """
    # Here, since the emulator takes 0.3 s to import, which the other commands need not spend.
    from mock_eloqua import calibration as calibrations
    from mock_eloqua import logs
    from mock_eloqua.access import profiles
    from mock_eloqua.embedded import REFUSALS
    from mock_eloqua.house import application
    from mock_eloqua.server import BackgroundServer, listen
    from mock_eloqua.settings import Settings
    from mock_eloqua.site import Options
    from mock_eloqua.sites import DEFAULT_SITE, Sites
    from mock_eloqua.store import place
    from mock_eloqua.traces import NoTraces, tracing

    stop, is_up = threading.Event(), threading.Event()

    def end(number: int, _: object) -> None:
        if not is_up.is_set():  # in the middle of a seed that may take minutes
            raise SystemExit(128 + number)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        settings = Settings().changed(calibrations.read(calibration)).changed(context.meta.get("settings", {}))
        options = Options(
            profile=profile,
            release=release,
            seed=seed,
            settings=settings,
            changes=context.meta.get("changes", {}),
            profiles=profiles.read(context.meta.get("profiles", {})),
        )
        tls = https.context(host, urlsplit(public_url).hostname if public_url else None)
        perhaps_traced: Callable[[App], AbstractContextManager[App]] = tracing if traces else nullcontext
        # The socket first: where another server listens, its store is not touched.
        with (
            closing(listen(host, port)) as bound,
            https.listening(host) as proxy,
            closing(Sites(place(store, DEFAULT_SITE), options, telling("contacts"))) as sites,
            perhaps_traced(application(sites, public_url, control_token)) as app,
        ):
            server = BackgroundServer(app, bound, tls, proxy)
            if log is not None:
                logs.write(log, log_level)
            server.start()
            is_up.set()
            gc.set_threshold(50_000, 10, 10)  # records by the thousand are no garbage: a tenth of an import [measured]
            gc.freeze()  # what is loaded stays: to look through it again would stop all calls for 50 ms [measured]
            (_tell if as_json else _greet)(server, sites, options, https)
            stop.wait()
            server.stop()
    except (*REFUSALS, NoTraces) as error:
        raise click.ClickException(str(error)) from error


def _tell(server: BackgroundServer, sites: Sites, options: Options, https: Https) -> None:
    """The greeting for programs."""
    from mock_eloqua.crm.seeds import PASSWORD

    ca = known(https.ca_folder) if https.is_own or server.proxy_url else None
    told = {
        "url": server.base_url,
        "console": f"{server.base_url}/_mock/ui",
        "proxy": server.proxy_url,
        "certificate": str(ca) if ca else None,
        "version": __version__,
        "release": options.release,
        "profile": options.profile,
        "store": sites.place.kind,
        "site": sites.default.name,
        "user": "api.user",
        "password": PASSWORD,
    }
    click.echo(json.dumps(told))
    sys.stdout.flush()


def _greet(server: BackgroundServer, sites: Sites, options: Options, https: Https) -> None:
    from mock_eloqua.crm.seeds import PASSWORD

    login = f"{sites.default.name}\\api.user"
    ca = shlex.quote(str(known(https.ca_folder)))
    trusting = f"--cacert {ca} " if https.is_own else ""
    click.echo(f"Mock Eloqua {__version__} at {server.base_url}")
    click.echo(f"  release {options.release}, profile {options.profile}, store {sites.place.kind}")
    click.echo(f"  sign in as {login} with password {PASSWORD}")
    click.echo(f"  curl {trusting}-u '{login}:{PASSWORD}' {server.base_url}/id")
    click.echo(f"  look at it at {server.base_url}/_mock/ui")
    if server.proxy_url:
        click.echo(f"  as login.eloqua.com for clients with HTTPS_PROXY={server.proxy_url} SSL_CERT_FILE={ca}")
    sys.stdout.flush()
