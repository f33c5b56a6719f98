"""Commands about the set-up: `doctor`, `health`, `completion`."""

from __future__ import annotations

from dataclasses import asdict

import click
from click.shell_completion import get_completion_class

from mock_eloqua.cli.command import commands
from mock_eloqua.cli.driving import Emulator, driving

_PATIENCE = 10.0
"""Seconds that an emulator has to say that it is there."""
_MARKS = {True: ("ok  ", "green"), None: ("note", "yellow"), False: ("BAD ", "red")}


@commands.command()
@driving
def health(emulator: Emulator) -> None:
    """Ask whether the emulator is there, and as what.

    The exit code is 1 if it is not.
    """
    with emulator.beside(_PATIENCE) as control:
        found = control.health()
    emulator.show(found, f"{found.status}: {found.version}, release {found.release}, profile {found.profile}")


@commands.command()
@driving
@click.pass_context
def doctor(context: click.Context, emulator: Emulator) -> None:
    """Look for what is wrong with the set-up.

    The exit code is 1 if anything is.
    """
    from mock_eloqua.doctor import findings

    with emulator.beside(_PATIENCE) as control:
        found = list(findings(control, _variables()))
    for each in found:
        mark, colour = _MARKS[each.good]
        emulator.show(asdict(each), f"{click.style(mark, fg=colour)}  {each.what}: {each.told}")
    context.exit(any(each.good is False for each in found))


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what completes the command in a shell.

    In bash: `eval "$(mock-eloqua completion bash)"`.
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  click has all three
    click.echo(kind(commands, {}, "mock-eloqua", "_MOCK_ELOQUA_COMPLETE").source())


def _variables() -> dict[str, str]:
    """The environment variables that commands read, and as which option."""
    found: dict[str, str] = {}
    for command in commands.commands.values():
        for each in command.params:
            if isinstance(each, click.Option) and isinstance(each.envvar, str):
                found[each.envvar] = each.opts[0]
    return found
