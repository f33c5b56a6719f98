"""The sites of one server, by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from mock_eloqua.crm.seeds import Templates
from mock_eloqua.site import Options, Site
from mock_eloqua.snapshots import Snapshots
from mock_eloqua.store import Place, check_site_name

DEFAULT_SITE = "MockCo"


class Sites:
    """Every site of a server. Names are compared without case [inferred]."""

    def __init__(self, place: Place, options: Options) -> None:
        self.place = place
        self.in_process = place.kind != "postgresql"
        self.snapshots = Snapshots()
        self._options = options
        self._templates = Templates()
        self._templates.database(options.seed)  # a bad seed is refused now, also when the store is there already
        self._sites: dict[str, Site] = {}
        self.troubled: set[Site] = set()
        """Sites with trouble of any kind; where there is none, no call asks for it."""
        self._lock = threading.RLock()
        self.default = self.add(DEFAULT_SITE)
        for name in place.sites():
            self.add(name)

    def find(self, name: str) -> Site | None:
        """The site of that name."""
        return self._sites.get(name.lower())

    def add(self, name: str) -> Site:
        """The site of that name, made when there is none.

        Raises:
            StoreError: the name cannot be used.
        """
        with self._lock:
            if (site := self.find(name)) is None:
                database = self.place.open(check_site_name(name))
                site = Site(name, database, self._templates.database, self._options, self.troubled)
                self._sites[name.lower()] = site
            return site

    def remove(self, name: str) -> None:
        """Close a site; the default one stays."""
        with self._lock:
            if name.lower() != DEFAULT_SITE.lower() and (site := self._sites.pop(name.lower(), None)):
                self.troubled.discard(site)
                site.close()

    def __iter__(self) -> Iterator[Site]:
        return iter(list(self._sites.values()))

    def close(self) -> None:
        """Close all sites."""
        for site in self:
            site.close()
        self._sites.clear()
        self._templates.close()
        self.snapshots.close()
