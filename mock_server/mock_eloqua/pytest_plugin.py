"""The pytest plugin: a clean Eloqua in every test.

Loaded in every run of everyone who has the package, so that it imports nothing but pytest and the
standard library; the emulator comes in with the first test that asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest

from mock_eloqua.plugin import live, problems, report

if TYPE_CHECKING:
    from eloqua_client import AsyncEloqua, Eloqua
    from mock_eloqua.eloqua_site import EloquaSite
    from mock_eloqua.elsewhere import Elsewhere
    from mock_eloqua.embedded import MockEloqua
    from mock_eloqua.plugin.intercept import Intercept
    from mock_eloqua.plugin.live import LiveServer, LiveSite

_MARKER = (
    "eloqua(profile=..., release=..., seed=..., user=..., allow=[...], live=True): how `eloqua` behaves in this test"
)
_LEFT = pytest.StashKey[list[str]]()
_BROKEN = pytest.StashKey[list[dict[str, Any]]]()
_WENT_THROUGH = pytest.StashKey[bool]()
_OUTPUT = "mock_eloqua_thresholds"
_MOST_TESTS = 3
_NAMES = ("profile", "release", "seed", "user")


def pytest_addoption(parser: pytest.Parser) -> None:
    problems.add_option(parser)
    group = parser.getgroup("eloqua", "Mock Eloqua")
    group.addoption("--eloqua-profile", help="thresholds: documented (default), strict, seed or off")
    group.addoption("--eloqua-release", help="the Eloqua release to behave like, such as 26C")
    group.addoption("--eloqua-no-thresholds", action="store_true", help="no summary of what a live POD would refuse")
    group.addoption("--eloqua-store", default="memory", help="memory (default), a file, or postgresql://...")
    group.addoption(
        "--eloqua-target", metavar="URL", help="an emulator that runs already, whose sites are reset; or live"
    )
    live.add_options(group)
    group.addoption("--eloqua-control-token", metavar="TOKEN", help="the control token of --eloqua-target")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)
    config.stash[_BROKEN], config.stash[_LEFT] = [], []
    problems.check_option(config)
    live.check_options(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that went through fails for what nobody noticed; live, it is skipped if a call could not be made."""
    site = _site_of(item)
    try:
        result = yield
    finally:
        if isinstance(site, live.LiveSite):
            live.judge(site)
    if site is not None and not isinstance(site, live.LiveSite):
        problems.judge(item, site)
    item.stash[_WENT_THROUGH] = True
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows what it called."""
    found = yield
    if found.failed and (site := _site_of(item)) is not None:
        report.attach(found, site)
    return found


def _site_of(item: pytest.Item) -> EloquaSite | LiveSite | None:
    site: EloquaSite | LiveSite | None = getattr(item, "funcargs", {}).get("eloqua")
    return site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the run would have broken on a live POD, or left there; nothing where it did not, or that is advice."""
    if left := config.stash[_LEFT]:
        terminalreporter.section("Left behind on the live POD, or made under a name without the prefix of the run")
        for line in left:
            terminalreporter.line(line)
    broken = _merged(config.stash[_BROKEN])
    if not broken or config.getoption("--eloqua-no-thresholds"):
        return
    terminalreporter.section("Eloqua thresholds that a live POD has and this run passed")
    for each in broken:
        said = f"{each['name']}: {each['over']} over {each['limit']} {each['unit']}, the highest {each['highest']}"
        terminalreporter.line(f"{said}; there: {each['past']}")
        for test, count in sorted(each["where"].items(), key=lambda found: -found[1])[:_MOST_TESTS]:
            terminalreporter.line(f"    {count} in {test}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Of xdist: a worker is done, and tells what its server knows."""
    node.config.stash[_BROKEN] += getattr(node, "workeroutput", {}).get(_OUTPUT, [])


def _note(config: pytest.Config, broken: list[dict[str, Any]]) -> None:
    """Keep what a server went over without being refused, but for what is advice, which any fast test passes."""
    found = [each for each in broken if each["over"] and each["effect"] != "nothing"]
    config.stash[_BROKEN] += found
    if hasattr(config, "workeroutput"):
        config.workeroutput[_OUTPUT] = found


def _merged(broken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same threshold of several sites and workers is one."""
    found: dict[str, dict[str, Any]] = {}
    for each in broken:
        known = found.setdefault(each["name"], {**each, "over": 0, "where": {}})
        known["over"] += each["over"]
        known["highest"] = max(known["highest"], each["highest"])
        for test, count in each["where"].items():
            known["where"][test] = known["where"].get(test, 0) + count
    return list(found.values())


@pytest.fixture(scope="session")
def eloqua_server(request: pytest.FixtureRequest) -> Iterator[MockEloqua | Elsewhere | LiveServer]:
    """A running server for the whole session, on a port of its own (one per xdist worker), or `--eloqua-target`."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    target = request.config.getoption("--eloqua-target")
    if target == live.TARGET:
        with live.served(request.config) as way:
            yield way
        request.config.stash[_LEFT] += [*way.live.left, *(f"{each} has another name" for each in way.live.nameless)]
        return
    server = _elsewhere(request.config, target, worker) if target else _here(request.config, worker)
    yield server
    _note(request.config, server.broken_thresholds())
    server.stop()


@pytest.fixture
def eloqua(
    request: pytest.FixtureRequest, eloqua_server: MockEloqua | Elsewhere | LiveServer
) -> Iterator[EloquaSite | LiveSite]:
    """A clean site for this test. `@pytest.mark.eloqua(profile="strict", user="api.only")` changes it."""
    from mock_eloqua.control_client import ControlError

    wanted = _of_markers(request.node)
    if isinstance(eloqua_server, live.LiveServer):
        yield live.site_for(eloqua_server, wanted)
        eloqua_server.cleaned()
        return
    wanted.pop("live", None)
    user, allowed = wanted.pop("user", None), wanted.pop("allow", ())
    try:
        problems.check_allowed(allowed)
        site = eloqua_server.site(user=user or "api.user")
        eloqua_server.note_test(site.name, request.node.nodeid)
        site.reset(**wanted)
        eloqua_server.forget_problems(site.name)
        if user is not None:
            _ = site.credentials  # there is such a user; asking costs as much as the reset
    except (ValueError, LookupError, ControlError) as error:
        pytest.fail(f"the marker eloqua cannot be used: {error}", pytrace=False)
    site.allowed.update(allowed)
    yield site
    if request.node.stash.get(_WENT_THROUGH, False):
        problems.judge(request.node, site)  # what fixtures did that ended after the test


@pytest.fixture
def eloqua_client(eloqua: EloquaSite) -> Iterator[Eloqua]:
    """The reference client, signed in as the user of this test; takes `mock-eloqua[client]`."""
    made = _client(eloqua, "Eloqua", "HTTPTransport")
    with made as client:
        yield client


@pytest.fixture
def eloqua_async_client(eloqua: EloquaSite) -> AsyncEloqua:
    """The same to be awaited: `async with eloqua_async_client as client:`."""
    found: AsyncEloqua = _client(eloqua, "AsyncEloqua", "AsyncHTTPTransport")
    return found


@pytest.fixture
def eloqua_url(eloqua: EloquaSite) -> str:
    """Where this site is, login host and POD in one, for programs that take an address."""
    return eloqua.base_url


@pytest.fixture
def eloqua_intercept(eloqua: EloquaSite) -> Iterator[Intercept]:
    """Calls to the live hosts through httpx or httpx2 are answered by this site; takes `mock-eloqua[intercept]`."""
    app = getattr(eloqua.server, "app", None)
    if app is None:
        pytest.skip("eloqua_intercept answers in this process: without --eloqua-target")
    try:
        from mock_eloqua.plugin.intercept import intercepted
    except ImportError as error:
        pytest.fail(f"eloqua_intercept takes mock-eloqua[intercept]: {error}", pytrace=False)
    with intercepted(app) as found:
        yield found


def _client(eloqua: EloquaSite, kind: str, transport: str) -> Any:
    """A client of that kind with a transport of that kind, which makes no TLS context: that costs 20 ms."""
    try:
        import httpx2

        import eloqua_client
    except ImportError as error:
        pytest.fail(f"the reference client takes mock-eloqua[client]: {error}", pytrace=False)
    told = eloqua.credentials
    return getattr(eloqua_client, kind)(
        eloqua_client.Basic(told["site"], told["username"], told["password"]),
        login_url=eloqua.login_url,
        manners=eloqua_client.UNPACED,
        transport=getattr(httpx2, transport)(verify=False),
    )


def _here(config: pytest.Config, worker: str) -> MockEloqua:
    from mock_eloqua.embedded import REFUSALS, MockEloqua

    store = store_of_worker(config.getoption("--eloqua-store"), worker)
    try:
        return MockEloqua(store=store, **_named(config)).start()
    except REFUSALS as error:
        pytest.fail(f"mock-eloqua cannot start: {error}", pytrace=False)


def _elsewhere(config: pytest.Config, target: str, worker: str) -> Elsewhere:
    from mock_eloqua.control_client import ControlError
    from mock_eloqua.elsewhere import Elsewhere

    try:
        return Elsewhere(
            target, token=config.getoption("--eloqua-control-token"), worker=worker, at_reset=_named(config)
        )
    except ControlError as error:
        pytest.fail(f"--eloqua-target cannot be used: {error}", pytrace=False)


def _named(config: pytest.Config) -> dict[str, Any]:
    """The options that say how a site behaves, those that were given."""
    found = {name: config.getoption(f"--eloqua-{name}") for name in ("profile", "release")}
    return {name: value for name, value in found.items() if value}


def _of_markers(node: pytest.Item) -> dict[str, Any]:
    """What the markers say, the one closest to the test last."""
    wanted: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("eloqua"))):
        wrong = [f"{value!r} without a name" for value in marker.args]
        wrong += [f"{name}={value!r}" for name, value in marker.kwargs.items() if not _is_known(name, value)]
        if wrong:
            taken = f"{', '.join(_NAMES)} as texts, allow as a list of texts, live as True"
            pytest.fail(f"the marker eloqua takes {taken}, not {wrong[0]}", pytrace=False)
        wanted |= marker.kwargs
    return wanted


def _is_known(name: str, value: object) -> bool:
    if name == "live":
        return isinstance(value, bool)
    if name == "allow":
        return isinstance(value, (list, tuple, set)) and all(isinstance(each, str) for each in value)
    return name in _NAMES and isinstance(value, (str, os.PathLike) if name == "seed" else str)


def store_of_worker(store: str, worker: str) -> str:
    """Workers of xdist must not meet: each gets a file or a schema of its own."""
    if not worker or store == "memory":
        return store
    if "://" not in store:
        return f"{store}.{worker}"
    url = urlsplit(store)
    query = dict(parse_qsl(url.query))
    query["schema"] = f"{query.get('schema', 'mock_eloqua')}_{worker}"
    return urlunsplit(url._replace(query=urlencode(query)))
