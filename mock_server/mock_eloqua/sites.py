"""The sites of one server, by name."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

from mock_eloqua.crm.seeds import Templates
from mock_eloqua.site import Options, Site
from mock_eloqua.snapshots import Snapshots
from mock_eloqua.store import Place, SiteGone, StoreError, check_site_name

log = logging.getLogger("mock_eloqua")

DEFAULT_SITE = "MockCo"
MOST = 1000
"""So many sites are there at once."""
_GLANCE = 1.0
"""Seconds between two looks at which processes live."""


class Sites:
    """Every site of a server. Names are compared without case [inferred]."""

    def __init__(self, place: Place, options: Options, told: Callable[[int, int], None] | None = None) -> None:
        """*told* hears of seeds that take long: how many records there are by now, and how many there will be."""
        self.place = place
        self.in_process = place.kind != "postgresql"
        self.snapshots = Snapshots()
        self.options = options
        """What a site starts with."""
        self._templates = Templates(told)
        self._templates.database(options.seed)  # a bad seed is refused now, also when the store is there already
        self._sites: dict[str, Site] = {}
        self.troubled: set[Site] = set()
        """Sites with trouble of any kind; where there is none, no call asks for it."""
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None
        for name in (DEFAULT_SITE, *place.sites()):
            self._open(name, options)

    @property
    def default(self) -> Site:
        """The site of callers who name none."""
        return self.add(DEFAULT_SITE)

    def find(self, name: str) -> Site | None:
        """The site of that name, as all processes on the store have left it."""
        site = self._sites.get(name.lower())
        return site if self.in_process else self._found_again(name, site)

    def _found_again(self, name: str, site: Site | None) -> Site | None:
        if site is not None:
            try:
                site.look()
            except SiteGone:
                self._let_go(site)
            else:
                return site
        return self._open(name, self.options) if name.lower() in self.place.sites() else None

    def add(self, name: str, options: Options | None = None) -> Site:
        """The site of that name, made when there is none.

        Raises:
            StoreError: the name cannot be used, or there are too many.
        """
        return self.find(name) or self._open(name, options or self.options)

    def _open(self, name: str, options: Options) -> Site:
        with self._lock:
            if (site := self._sites.get(name.lower())) is None:
                if len(self._sites) >= MOST:
                    raise StoreError(f"a server has at most {MOST} sites; remove one")
                database = self.place.open(check_site_name(name))
                site = Site(name, database, self._templates.database, options, self.troubled)
                self._sites[name.lower()] = site
            return site

    def remove(self, site: Site) -> None:
        """Remove a site with all that it holds.

        Raises:
            StoreError: it is the default one, which stays.
        """
        if site.name.lower() == DEFAULT_SITE.lower():
            raise StoreError(f"the site {site.name} stays, since calls that name no site go there; reset it")
        self.snapshots.forget(site)
        self._let_go(site)
        site.database.drop()

    def _let_go(self, site: Site) -> None:
        with self._lock:
            if self._sites.pop(site.name.lower(), None) is site:
                self.troubled.discard(site)
                site.close()

    def watch(self, recover: Callable[[Site], None]) -> None:
        """Call *recover* for a site whenever one of the processes that work on it has died, until all is closed."""
        self._watcher = threading.Thread(target=self._watch, args=(recover,), name="mock-eloqua watch", daemon=True)
        self._watcher.start()

    def _watch(self, recover: Callable[[Site], None]) -> None:
        alive: dict[Site, frozenset[str]] = {}
        while not self._closing.wait(_GLANCE):
            for site in list(self._sites.values()):
                try:
                    now = frozenset(site.database.runners())
                    if site not in alive or alive[site] - now:
                        recover(site)
                    alive[site] = now
                except Exception as error:  # noqa: BLE001  the database may be away for a while, or the site for good
                    log.debug("cannot look after the site %s: %s", site.name, error)

    def __iter__(self) -> Iterator[Site]:
        if not self.in_process:
            for name in self.place.sites():
                self.find(name)
        return iter(list(self._sites.values()))

    def close(self) -> None:
        """Close all sites."""
        self._closing.set()
        if self._watcher is not None:
            self._watcher.join()
        for site in list(self._sites.values()):
            self._let_go(site)
        self._templates.close()
        self.snapshots.close()
