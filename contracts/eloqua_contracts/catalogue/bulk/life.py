"""How long definitions, uploads, exported rows and syncs stay (`bulk` 5)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import contact_export, contact_import, data_of, loaded, seen, staged
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.CLOCK]
_SYNCED = [*_NEEDS, Need.SYNCS]
_LIVES = st.sampled_from([("PT1H", 1), ("PT12H", 12), ("P1D", 24), ("P7D", 7 * 24), ("P14D", 14 * 24)])
_MINUTE = 1 / 60
_YEAR = 365 * 24.0


@contract("bulk.life.auto-delete", sure=Sure.DOC, source="bulk 4.1, 5", needs=_NEEDS)
def a_definition_deletes_itself(pod: Pod, draw: Draw) -> None:
    """A definition with `autoDeleteDuration` is there until that has passed, and then no longer."""
    life, hours = draw(_LIVES)
    uri = pod.defined("/contacts/imports", contact_import(pod, autoDeleteDuration=life))["uri"]

    pod.clock.advance(hours=hours - 2 * _MINUTE)
    pod.bulk("GET", uri).expect(200)
    pod.clock.advance(hours=3 * _MINUTE)
    pod.bulk("GET", uri).expect(404, 410)


@contract("bulk.life.unused", sure=Sure.DOC, source="bulk 5", needs=_SYNCED)
def a_definition_unused_for_a_year_goes(pod: Pod) -> None:
    """A definition without `autoDeleteDuration` goes a year after it was made, or last synced."""
    used, unused = (pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))["uri"] for _ in range(2))

    pod.clock.advance(hours=_YEAR - 48)
    pod.synced(used)
    pod.bulk("GET", unused).expect(200)
    pod.clock.advance(hours=72)

    pod.bulk("GET", unused).expect(404, 410)
    pod.bulk("GET", used).expect(200)


@contract("bulk.life.syncs", sure=Sure.DOC, source="bulk 5", needs=_SYNCED)
def a_sync_goes_after_a_year(pod: Pod) -> None:
    """A sync with its log and rejects is there for a year, and then no longer."""
    sync = loaded(pod, [{"email": pod.address(), "first": "A"}])["uri"]

    pod.clock.advance(hours=_YEAR - 24)
    pod.bulk("GET", sync).expect(200)
    pod.clock.advance(hours=48)

    for path in ("", "/logs", "/rejects"):
        pod.bulk("GET", sync + path).expect(404, 410)


@contract("bulk.life.exported-rows", sure=Sure.DOC, source="bulk 4.2, 5", needs=_SYNCED)
def exported_rows_expire(pod: Pod, draw: Draw) -> None:
    """The data of an export are there for `dataRetentionDuration` from the sync on, then 404 or 410; the sync stays."""
    life, hours = draw(st.sampled_from([("", 6), ("PT1H", 1), ("P1D", 24), ("P14D", 14 * 24)]))
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "mark": mark}])
    kept = {"dataRetentionDuration": life} if life else {}
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, mark, **kept))["uri"])

    pod.clock.advance(hours=hours - 5 * _MINUTE)
    rows = data_of(pod, sync)
    expect(that=len(rows) == 1, otherwise="the row is still there", found=rows)
    pod.clock.advance(hours=6 * _MINUTE)
    pod.bulk("GET", f"{sync['uri']}/data").expect(404, 410)
    pod.bulk("GET", sync["uri"]).expect(200)


@contract("bulk.life.uploads", sure=Sure.DOC, source="bulk 4.1, 5", needs=_SYNCED)
def uploads_wait_for_a_sync_only_so_long(pod: Pod, draw: Draw) -> None:
    """What was uploaded and not synced is gone after `dataRetentionDuration`; what was uploaded later is not."""
    life, hours = draw(_LIVES)
    mark = pod.name("mark")
    uri = pod.defined("/contacts/imports", contact_import(pod, dataRetentionDuration=life))["uri"]
    old, new = ({"email": pod.address(), "first": "A", "last": "B", "mark": mark} for _ in range(2))

    staged(pod, uri, [old]).expect(204)
    pod.clock.advance(hours=_MINUTE * 10)
    staged(pod, uri, [new]).expect(204)
    pod.clock.advance(hours=hours - 5 * _MINUTE)
    pod.synced(uri)

    found = seen(pod, mark)
    expect(that=found == [new], otherwise="only the later one went in", found=found)
