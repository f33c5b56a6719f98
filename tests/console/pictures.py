"""Takes the pictures of docs/console.md: `python -m tests.console.pictures`, from the project's root."""

from __future__ import annotations

from pathlib import Path

from tests.console.browsing import Work, running

from mock_eloqua import MockEloqua

FOLDER = Path("docs/images/console")
PICTURES = {
    "overview": "",
    "requests": "requests",
    "call": "requests/1",
    "contacts": "contacts",
    "contact": "contacts/3",
    "assets": "assets",
    "bulk": "bulk",
    "sync": "bulk/syncs/1",
    "users": "users",
    "rights": "users/rights",
    "group": "groups/5",
    "oauth": "oauth",
    "thresholds": "thresholds",
    "faults": "faults",
    "settings": "settings",
    "releases": "settings/releases",
    "snapshots": "snapshots",
}
"""Name of the file to the page."""
DARK = ("sync", "thresholds")


def take() -> None:
    """All of them, of a site with the demo seed that somebody has worked with."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with MockEloqua(seed="demo") as eloqua, running() as browser:
        work = Work(eloqua)
        work.everything()
        work.close()
        root = f"{eloqua.base_url}/_mock/ui/{eloqua.name}/"
        page = browser.new_page(base_url=root, viewport={"width": 1000, "height": 640})
        for name, path in PICTURES.items():
            page.emulate_media(color_scheme="dark" if name in DARK else "light")
            page.goto(path)
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    take()
