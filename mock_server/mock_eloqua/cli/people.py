"""Commands about who may sign in: `users`."""

from __future__ import annotations

from typing import Any

import click

from mock_eloqua.cli.command import commands
from mock_eloqua.cli.driving import Emulator, driving
from mock_eloqua.control_client import User


@commands.command()
@driving
@click.argument("name", required=False)
@click.option("--lock/--unlock", "locked", default=None, help="As after too many wrong passwords.")
@click.option("--enable/--disable", "enabled", default=None, help="May the user sign in at all?")
@click.option("--expire/--renew", "password_expired", default=None, help="The password.")
@click.option("--sso-only/--password", "sso_only", default=None, help="Signs in with an identity provider only.")
@click.option("--group", "groups", multiple=True, help="Move to these groups; may be given more than once.")
def users(emulator: Emulator, name: str | None, groups: tuple[str, ...], **states: Any) -> None:
    """Show who may sign in, and who not, or change it.

    With NAME and an option, that user is changed.
    """
    if name is None:
        if groups or any(value is not None for value in states.values()):
            raise click.UsageError("name the user to change")
        found = emulator.control.get_users()
        emulator.show(found, *map(_line, found.items))
        return
    user = emulator.control.set_user(name, groups=list(groups) or None, **states)
    emulator.show(user, _line(user))


def _line(user: User) -> str:
    marks = {
        "disabled": not user.enabled,
        "locked": user.locked,
        "password expired": user.password_expired,
        "SSO only": user.sso_only,
    }
    said = ", ".join(name for name, is_so in marks.items() if is_so) or "may sign in"
    return f"{user.name}: {said}; {', '.join(user.groups) or 'in no group'}"
