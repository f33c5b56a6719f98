"""What the commands share that drive a running emulator: where it is, and how they show what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from mock_eloqua.cli.command import FILE, as_json, check_token, check_url, option
from mock_eloqua.control_client import ControlClient, ControlError
from mock_eloqua.control_client.answers import camel
from mock_eloqua.tls.authority import known


class Emulator:
    """The emulator that a command drives, and how it is to show what it is told."""

    def __init__(
        self, control: ControlClient, site: str | None, reached: Callable[..., ControlClient], *, as_json: bool
    ) -> None:
        self.control = control
        self.site = site
        """What `--site` says."""
        self._reached = reached
        self._as_json = as_json

    def of_default_site(self) -> ControlClient:
        """A connection to the emulator's default site, whatever `--site` says."""
        return self._reached()

    def beside(self, timeout: float = 300) -> ControlClient:
        """Another connection, for who looks while a call is under way, or does not wait for long."""
        return self._reached(site=self.site, timeout=timeout)

    def show(self, answer: Any, *lines: str) -> None:
        """Print an answer: as JSON if that is asked for, else as *lines*."""
        for line in [json.dumps(_wire(answer))] if self._as_json else lines:
            click.echo(line)


def driving(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say where and how, such as `--url`, and an `Emulator` as its first."""

    @option("--url", default="http://127.0.0.1:8080", callback=check_url, help="The running emulator.")
    @option("--site", default=None, help="The site to work on; else the default one.")
    @option("--control-token", default=None, callback=check_token, help="The server's control token.")
    @option("--ca-folder", type=FILE, default=None, help="The server's authority, if it speaks HTTPS.")
    @as_json
    @wraps(command)
    def driven(
        url: str, site: str | None, control_token: str | None, ca_folder: Path | None, *, as_json: bool, **others: Any
    ) -> None:
        try:
            ca = known(ca_folder)
            if ca_folder and not ca and url.startswith("https:"):
                raise click.UsageError(f"no certificate authority is in {ca_folder}; name the server's --ca-folder")
            reached = partial(ControlClient, url, token=control_token, ca=ca)
            with reached(site=site) as control:
                command(Emulator(control, site, reached, as_json=as_json), **others)
        except ControlError as error:
            raise click.ClickException(str(error)) from error

    return driven


def value_of(text: str) -> Any:
    """A number, true, false or null as JSON has it; else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def pair(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Arguments such as `name=value`."""
    wrong = next((each for each in given if not each.partition("=")[0] or "=" not in each), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong!r} is not written as name=value", param=parameter)
    return {name: value for name, _, value in (each.partition("=") for each in given)}


def _wire(answer: Any) -> Any:
    if is_dataclass(answer):
        return {camel(each.name): _wire(getattr(answer, each.name)) for each in fields(answer)}
    if isinstance(answer, list | tuple):
        return [_wire(each) for each in answer]
    return answer.isoformat() if isinstance(answer, datetime) else answer
