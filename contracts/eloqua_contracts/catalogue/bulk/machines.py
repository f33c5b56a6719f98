"""Definitions, uploads and syncs of Bulk 2.0 in any order (`bulk` 5, 7, 8)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, precondition, rule

from eloqua_contracts.bulk.transfer import (
    contact_export,
    contact_import,
    counts_of,
    data_of,
    loaded,
    rejects_of,
    seen,
    staged,
)
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
_PEOPLE = 3
_BAD = "notanemail"
_FIRSTS = st.sampled_from(["Ada", "Bob", "", "Cy"])


@contract("bulk.imports", sure=Sure.DOC, source="bulk 5, 7.1, 8, 9, 10", needs=_NEEDS)
class Imports(RuleBasedStateMachine):
    """What is uploaded waits for the next sync of its definition, unless its data or it are deleted."""

    definitions: Bundle[str] = Bundle("definitions")

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._waiting: dict[str, list[dict[str, str]]] = {}
        """Uploads by definition."""
        self._there: dict[str, str] = {}
        """Address to first name."""
        self._gone: list[str] = []

    @initialize()
    def begin(self) -> None:
        """People who may be imported."""
        self._mark = self._pod.name("mark")
        self._addresses = [self._pod.address() for _ in range(_PEOPLE)]

    @rule(target=definitions)
    def define(self) -> str:
        """An import of its own."""
        uri: str = self._pod.defined("/contacts/imports", contact_import(self._pod))["uri"]
        self._waiting[uri] = []
        return uri

    @rule(
        uri=definitions, people=st.dictionaries(st.integers(0, _PEOPLE - 1), _FIRSTS, min_size=1), is_bad=st.booleans()
    )
    def upload(self, uri: str, people: dict[int, str], is_bad: bool) -> None:
        """Some of them, each once in an upload, perhaps with a bad record among them."""
        known = {row["email"] for row in self._waiting[uri]}
        rows = [
            {"email": self._addresses[place], "first": first, "last": "", "mark": self._mark}
            for place, first in people.items()
            if self._addresses[place] not in known
        ]
        rows += [{"email": _BAD, "mark": self._mark}] if is_bad and _BAD not in known else []
        if rows:
            staged(self._pod, uri, rows).expect(204)
            self._waiting[uri] += rows

    @rule(uri=definitions)
    def sync(self, uri: str) -> None:
        """All that waits goes in, once; what is bad is rejected."""
        rows, self._waiting[uri] = self._waiting[uri], []
        sync = self._pod.synced(uri)
        counted = counts_of(self._pod, sync).get("ELQ-00130", 0)
        expect(that=counted == len(rows), otherwise=f"{len(rows)} are staged", found=counted)
        bad = [_BAD for row in rows if row["email"] == _BAD]
        told = [each["fieldValues"]["email"] for each in rejects_of(self._pod, sync)]
        expect(that=told == bad, otherwise=f"the rejects are {bad}", found=told)
        self._there |= {row["email"]: row["first"] for row in rows if row["email"] != _BAD}

    @rule(uri=definitions)
    def forget(self, uri: str) -> None:
        """Delete what waits."""
        self._pod.bulk("DELETE", f"{uri}/data").expect(204)
        self._waiting[uri] = []

    @rule(uri=consumes(definitions))
    def delete(self, uri: str) -> None:
        """With it goes what waits."""
        self._pod.bulk("DELETE", uri).expect(204)
        del self._waiting[uri]
        self._gone.append(uri)

    @precondition(lambda self: self._gone)
    @rule(data=st.data())
    def nothing_is_left(self, data: st.DataObject) -> None:
        """Of a deleted one."""
        uri = data.draw(st.sampled_from(self._gone))
        self._pod.bulk("GET", uri).expect(404)
        staged(self._pod, uri, [{"email": self._addresses[0]}]).expect(404)

    @precondition(lambda self: self._there)
    @rule()
    def look(self) -> None:
        """Those who went in are there, with the name that they were given last."""
        found = {row["email"]: row["first"] for row in seen(self._pod, self._mark)}
        expect(that=found == self._there, otherwise=f"they are {self._there}", found=found)


@contract("bulk.exports", sure=Sure.DOC, source="bulk 5, 7.2, 8", needs=_NEEDS)
class Exports(RuleBasedStateMachine):
    """Each sync of an export keeps what it found until its data are deleted; its definition shows the last one's."""

    syncs: Bundle[str] = Bundle("syncs")

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._count = 0
        self._found: dict[str, int] = {}
        """Sync to how many rows it has."""
        self._forgotten: set[str] = set()
        self._latest = ""

    @initialize()
    def begin(self) -> None:
        """An export of the contacts with a mark, of whom there are none yet."""
        self._mark = self._pod.name("mark")
        self._uri: str = self._pod.defined("/contacts/exports", contact_export(self._pod, self._mark))["uri"]

    @rule(count=st.integers(1, 2))
    def add(self, count: int) -> None:
        """Contacts with the mark."""
        loaded(self._pod, [{"email": self._pod.address(), "mark": self._mark} for _ in range(count)])
        self._count += count

    @rule(target=syncs)
    def sync(self) -> str:
        """Find those who are there."""
        self._latest = self._pod.synced(self._uri)["uri"]
        self._found[self._latest] = self._count
        return self._latest

    @rule(uri=syncs)
    def read(self, uri: str) -> None:
        """What a sync found."""
        if uri in self._forgotten:
            self._pod.bulk("GET", f"{uri}/data").expect(404, 410)
        else:
            self._check(uri, self._found[uri])

    @precondition(lambda self: self._latest and self._latest not in self._forgotten)
    @rule()
    def read_latest(self) -> None:
        """What the definition shows."""
        self._check(self._uri, self._found[self._latest])

    def _check(self, uri: str, wanted: int) -> None:
        told = len(data_of(self._pod, {"uri": uri}))
        expect(that=told == wanted, otherwise=f"{uri} has {wanted} rows", found=told)

    @rule(uri=syncs)
    def forget(self, uri: str) -> None:
        """Delete the data of a sync; those of the others stay."""
        if uri not in self._forgotten:
            self._pod.bulk("DELETE", f"{uri}/data").expect(204)
            self._forgotten.add(uri)

    @rule()
    def forget_all(self) -> None:
        """Delete the data of the definition."""
        self._pod.bulk("DELETE", f"{self._uri}/data").expect(204)
        self._forgotten |= self._found.keys()
