"""A live POD, or whatever answers like one: asked with care, and left as it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from eloqua_contracts.care import cleaning
from eloqua_contracts.care.journal import Journal
from eloqua_contracts.care.limits import Budget, Time
from eloqua_contracts.care.transport import Careful
from eloqua_contracts.contract import Need
from eloqua_contracts.pod import FULL, Pod
from eloqua_contracts.runner import Profile
from eloqua_contracts.targets.credentials import Credentials

FOLDER = Path.home() / ".local" / "state" / "eloqua-contracts"
"""Journals and budgets, unless another folder is named."""
_ONLY_EMULATED = frozenset(
    {
        Need.CLOCK,
        Need.CONSENT,
        Need.LASTING,
        Need.LOCKOUT,
        Need.MAIL,
        Need.POLICY,
        Need.THRESHOLDS,
        Need.TRANSFER,
    }
)

PROFILE = Profile(examples=2, bulk_examples=1, shrinks_writes=False)
"""How hard to look unless somebody says otherwise: one run of all contracts fits into the budgets of a day."""


class Refused(Exception):
    """The POD will not be asked; the text says why."""


class RealTime:
    """The machine's."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        time.sleep(seconds)


class Live:
    """A live POD for one run.

    Args:
        credentials: who calls.
        http: reaches it through `Careful`.
        careful: the same way.
        base_url: where the site is, as `/id` says.
        journal: of the run.
        writes: may anything be changed?
        wait: lets seconds pass.
    """

    name = "live"

    def __init__(
        self,
        credentials: Credentials,
        http: httpx2.Client,
        careful: Careful,
        base_url: str,
        journal: Journal,
        *,
        writes: bool,
        wait: Callable[[float], None],
    ) -> None:
        self.left: list[str] = []
        """What could not be removed, a line each."""
        self.http = http
        self.base_url = base_url
        self.logins = credentials.logins
        self.prefix = journal.prefix
        self._credentials = credentials
        self._careful = careful
        self._journal = journal
        self._gives = _gives(credentials, writes=writes)
        self._wait = wait
        self._pods = 0
        self._refresh_tokens: dict[str, str] = {}

    def pod(self) -> Pod:
        """The POD for the next contract, when what the last one made has been removed."""
        self.remove()
        self._pods += 1
        return self._pod(f"{self.prefix}.{self._pods}")

    def _pod(self, prefix: str) -> Pod:
        return Pod(
            self.http,
            base_url=self.base_url,
            login_url=self._credentials.login_url,
            logins=self.logins,
            gives=self._gives,
            prefix=prefix,
            app=self._credentials.app,
            refresh_tokens=self._refresh_tokens,
            wait=self._wait,
        )

    @property
    def nameless(self) -> list[str]:
        """What was made without the prefix of the run."""
        return self._careful.nameless

    def watch(self, told: Callable[[httpx2.Request], None]) -> None:
        """Tell somebody of each call from now on, before it goes out."""
        self.http.event_hooks["request"].append(told)

    def remove(self) -> None:
        """Remove what the journal names."""
        with self._careful.cleaning():
            cleaning.remove(self._pod(self.prefix), self._journal)

    def sweep(self) -> None:
        """Remove also what no answer told of: whatever begins with the prefix of the run."""
        self.remove()
        with self._careful.cleaning():
            self.left = cleaning.sweep(self._pod(self.prefix), self._journal)


@contextmanager
def opened(
    credentials: Credentials,
    site: str,
    *,
    writes: bool = False,
    folder: Path = FOLDER,
    journal: Journal | None = None,
    timekeeper: Time | None = None,
) -> Iterator[Live]:
    """A live POD, which is signed in to and must be of that name; at the end all that was made is removed.

    Args:
        credentials: who calls.
        site: its name, as somebody typed it.
        writes: may anything be changed?
        folder: for journals and budgets.
        journal: of an earlier run, to be cleaned after; else a new one.
        timekeeper: whose seconds are waited for.

    Raises:
        BadCredentials: there is no certificate to trust.
        Refused: it is another site, or the credentials are not good there.
    """
    timed, trusted = timekeeper or RealTime(), credentials.trusted()
    folder.mkdir(parents=True, exist_ok=True)
    earlier, journal = journal, journal or Journal.begun(folder, login_url=credentials.login_url, site=site)
    budget = Budget(folder / f"{_file_name(site)}.budget", timed)
    careful = Careful(httpx2.HTTPTransport(verify=trusted), budget, journal, writes=writes)
    with httpx2.Client(transport=careful, timeout=120) as http:
        try:
            base_url = _base_url(http, credentials, site)
        except Refused:
            if earlier is None:
                journal.end()
            raise
        live = Live(credentials, http, careful, base_url, journal, writes=writes, wait=timed.sleep)
        try:
            yield live
        finally:
            live.sweep()
            if not live.left:
                journal.end()


def _base_url(http: httpx2.Client, credentials: Credentials, site: str) -> str:
    login = credentials.logins[FULL]
    try:
        answer = http.get(f"{credentials.login_url}/id", headers={"authorization": login.header})
        said = answer.json()
        name, base = said["site"]["name"], said["urls"]["base"]
    except httpx2.TransportError as error:
        raise Refused(f"{credentials.login_url} gives no answer: {error}") from error
    except (KeyError, TypeError, ValueError):
        raise Refused(f"{credentials.login_url} does not know this user of {site!r}") from None
    if name != site:
        raise Refused(f"these credentials are of the site {name!r}, not {site!r}; type its name to mean it")
    return str(base)


def _gives(credentials: Credentials, *, writes: bool) -> frozenset[Need]:
    found = set(Need) - _ONLY_EMULATED
    if not writes:
        found.discard(Need.WRITES)
    if not credentials.logins[FULL].password:
        found -= {Need.PASSWORD, Need.SOAP}
    if credentials.app is None:
        found.discard(Need.OAUTH)
    return frozenset(found)


def _file_name(site: str) -> str:
    """A site's name as that of a file: letters and digits only."""
    return "".join(sign if sign.isalnum() else "_" for sign in site)
