"""Settings: every switch with its default, meaning and source, those that differ first; and what releases changed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua import releases
from mock_eloqua.console.visit import Declined, Visit, page
from mock_eloqua.settings import Settings, meanings, read

NAME, PATH = "Settings", "settings"


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch as it stands."""

    name: str
    value: str
    default: str
    choices: tuple[str, ...]
    meaning: str
    source: str
    sure: str

    @property
    def is_changed(self) -> bool:
        """Is it not as it comes?"""
        return self.value != self.default


def settings(visit: Visit) -> Response:
    """All of them."""
    found = [_switch(visit.site.settings, each) for each in fields(Settings)]
    changed = [each for each in found if each.is_changed]
    return visit.show("settings", found=changed + [each for each in found if not each.is_changed], changed=len(changed))


def change(visit: Visit) -> Response:
    """Turn a switch, or let it be as it comes."""
    name, typed = visit.request.path_params["name"], visit.form
    value = getattr(Settings(), name, None) if "default" in typed else read(name, typed.get("value", ""))
    with visit.site.changing():
        visit.site.settings = visit.site.settings.changed({name: value})
    return visit.go("settings", f"{name} is {_text(value) or 'blank'}.")


def changes(visit: Visit) -> Response:
    """What releases changed, and whether the site has it."""
    site = visit.site
    return visit.show(
        "releases",
        releases=list(reversed(releases.RELEASES)),
        found=[(name, each, site.has(name), name in site.changes) for name, each in releases.CHANGES.items()],
    )


def behave(visit: Visit) -> Response:
    """Be of another release."""
    visit.site.behave(visit.form.get("release"))
    return visit.go("settings/releases", f"The release is {visit.site.release}.")


def override(visit: Visit) -> Response:
    """Have a change or not, or as the release has it."""
    name, word = visit.request.path_params["name"], visit.form.get("is", "")
    words = {"on": True, "off": False, "release": None}
    if word not in words:
        raise Declined(f"name {', '.join(words)}, not {word!r}")
    visit.site.behave(None, {name: words[word]})
    return visit.go("settings/releases", f"{name} is {'on' if visit.site.has(name) else 'off'}.")


def _switch(now: Settings, each: Any) -> Switch:
    words = ("true", "false") if isinstance(each.default, bool) else tuple(map(str, each.metadata["values"]))
    return Switch(
        name=each.name,
        value=_text(getattr(now, each.name)),
        default=_text(each.default),
        choices=words,
        meaning=meanings()[each.name],
        source=each.metadata["source"],
        sure=each.metadata["sure"].value,
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


ROUTES = (
    Route("/settings", page(settings)),
    Route("/settings/releases", page(changes)),
    Route("/settings/releases", page(behave), methods=["POST"]),
    Route("/settings/releases/{name}", page(override), methods=["POST"]),
    Route("/settings/{name}", page(change), methods=["POST"]),
)
