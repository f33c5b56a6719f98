"""Definitions of every entity: made, listed, read, replaced, deleted (`bulk` 3, 4.5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eloqua_contracts.bulk.entities import ENTITIES, EXPORTS, IMPORTS, Entity, definition, placed
from eloqua_contracts.bulk.transfer import CONTACT, staged
from eloqua_contracts.catalogue.rest.things import contact_field
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_STAMPS = ["createdBy", "createdAt", "updatedBy", "updatedAt"]
_ALWAYS: dict[str, dict[str, Any]] = {
    IMPORTS: {"dataRetentionDuration": "P7D", "isUpdatingMultipleMatchedRecords": False},
    EXPORTS: {"dataRetentionDuration": "PT6H"},
}
"""What is answered though nobody said it; an export's data are kept six hours since 24A."""
_NEVER = ["updateRule", "importRule", "autoDeleteDuration", "kbUsed", "filter", "maxRecords", "syncActions"]
"""What is not answered unless somebody said it."""


@dataclass(frozen=True)
class Made:
    """A definition that has just been made."""

    path: str
    """Where those of its kind are."""
    kind: str
    sent: dict[str, Any]
    answer: dict[str, Any]

    @property
    def uri(self) -> str:
        """Its own."""
        uri: str = self.answer["uri"]
        return uri


Act = Callable[[Pod, Made], None]


def _created(pod: Pod, made: Made) -> None:
    """A definition of {what} is 201 with what was sent, defaults, uri, stamps and nothing unsaid, and read so."""
    answer = made.answer
    for name, value in {**made.sent, **_ALWAYS.get(made.kind, {})}.items():
        expect(that=answer.get(name) == value, otherwise=f"{name} is {value!r}", found=answer.get(name))
    is_uri = bool(re.fullmatch(rf"{made.path}/[1-9]\d*", made.uri))
    expect(that=is_uri, otherwise="the uri is relative and ends in a number", found=made.uri)
    creator = answer["createdBy"]
    expect(that=creator == pod.login().name, otherwise="createdBy is the login name", found=creator)
    expect(that=list(answer)[-5:] == ["uri", *_STAMPS], otherwise="uri and stamps come last", found=list(answer))
    unsaid = [name for name in _NEVER if name in answer and name not in made.sent]
    expect(that=not unsaid, otherwise="what was not said is not answered", found=unsaid)
    _check_read(pod, made)


def _check_read(pod: Pod, made: Made) -> None:
    """It is read as it was answered when it was made, but for the precision of its times."""
    found = pod.bulk("GET", made.uri).expect(200).json()

    expect(that=list(found) == list(made.answer), otherwise="the same keys in the same order", found=list(found))
    same = {name: value for name, value in made.answer.items() if not name.endswith("At")}
    expect(that=found.items() >= same.items(), otherwise=f"it is {same}", found=found)


def _listed(pod: Pod, made: Made) -> None:
    """Definitions of {what} are listed, alone and with those of other entities."""
    wanted = f'"name={made.sent["name"]}"'
    for path in (made.path, f"/{made.kind}"):
        items = pod.bulk("GET", path, q=wanted).expect(200).json()["items"]
        uris = [each["uri"] for each in items]
        expect(that=uris == [made.uri], otherwise=f"{path} has it", found=uris)


def _replaced(pod: Pod, made: Made) -> None:
    """A PUT to a definition of {what} is 200 and replaces it: what it leaves out is as if it had never been said."""
    pod.bulk("PUT", made.uri, {"fields": made.sent["fields"]}).expect(400)
    name = pod.bulk("GET", made.uri).expect(200).json()["name"]
    expect(that=name == made.sent["name"], otherwise="what lacks the name changes nothing", found=name)

    longer = made.sent | {"name": pod.name("another"), "autoDeleteDuration": "P3D"}
    changed = pod.bulk("PUT", made.uri, longer).expect(200).json()
    expect(that=changed["autoDeleteDuration"] == "P3D", otherwise="it has what was sent", found=changed)

    pod.bulk("PUT", made.uri, made.sent).expect(200)
    found = pod.bulk("GET", made.uri).expect(200).json()

    expect(that=found["name"] == made.sent["name"], otherwise="the name is the last one", found=found["name"])
    life = found.get("autoDeleteDuration")
    expect(that=life is None, otherwise="what was left out is gone", found=life)
    expect(that=found["uri"] == made.uri, otherwise="the uri stays", found=found["uri"])


def _deleted(pod: Pod, made: Made) -> None:
    """A DELETE of a definition of {what} is 204; it is 404 from then on."""
    pod.bulk("DELETE", made.uri).expect(204)

    pod.bulk("GET", made.uri).expect(404)
    pod.bulk("DELETE", made.uri).expect(404)


def _exported(pod: Pod, made: Made) -> None:
    """The data of {what} are found at the definition once it is synced; deleted with a 204 they are 404 or 410."""
    pod.bulk("PUT", made.uri, made.sent | {"maxRecords": 1}).expect(200)
    sync = pod.synced(made.uri)
    expect(that=sync["status"] == "success", otherwise="it is a success", found=sync["status"])

    shown = pod.bulk("GET", f"{made.uri}/data").expect(200).json()
    same = pod.bulk("GET", f"{sync['uri']}/data").expect(200).json()
    expect(that=shown == same and shown["totalResults"] <= 1, otherwise="they are those of the sync", found=shown)
    pod.bulk("DELETE", f"{made.uri}/data").expect(204)
    pod.bulk("GET", f"{made.uri}/data").expect(404, 410)


def _uploaded(pod: Pod, made: Made) -> None:
    """An upload to {what} is 204, and may be deleted again with a 204, as often as one likes."""
    staged(pod, made.uri, [dict.fromkeys(made.sent["fields"], "x")]).expect(204)

    for _ in range(2):
        found = pod.bulk("DELETE", f"{made.uri}/data").expect(204)
        expect(that=found.body == b"", otherwise="the body is empty", found=found.body)


def _declare(word: str, act: Act, entity: Entity, kind: str) -> None:
    def check(pod: Pod) -> None:
        place = placed(pod, entity)
        path, sent = f"{place.path}/{kind}", definition(pod, entity, kind, place)
        act(pod, Made(path, kind, sent, pod.defined(path, sent)))

    check.__doc__ = (act.__doc__ or "").format(what=f"{entity.name} {kind}")
    sure = Sure.RECORDED if entity.path == "contacts" and kind == IMPORTS else Sure.DOC
    needs = [Need.WRITES, Need.SYNCS] if act is _exported else [Need.WRITES]
    contract(f"bulk.{entity.name}.{kind.lower()}.{word}", sure=sure, source="bulk 4.5, 4.7, 7", needs=needs)(check)


_ACTS: dict[str, Act] = {
    "create": _created,
    "list": _listed,
    "replace": _replaced,
    "delete": _deleted,
}
_DATA: dict[str, Act] = {"data": _exported}
_UPLOADS: dict[str, Act] = {"data": _uploaded}
for _entity in ENTITIES:
    for _kind in _entity.kinds:
        for _word, _act in (_ACTS | (_DATA if _kind == EXPORTS else _UPLOADS)).items():
            _declare(_word, _act, _entity, _kind)


@contract("bulk.definition.keeps-its-fields", sure=Sure.CLIENT, source="bulk 5", needs=[Need.WRITES])
def what_a_definition_names_is_not_deleted(pod: Pod) -> None:
    """A field of contacts that a definition names is not deleted: 409 or 412; without the definition it goes."""
    field = contact_field(pod)
    named = {"email": CONTACT["email"], "more": f"{{{{Contact.Field({field['internalName']})}}}}"}
    definition = pod.defined("/contacts/exports", {"name": pod.name("export"), "fields": named})
    path = f"/assets/contact/field/{field['id']}"

    pod.rest("DELETE", path).expect(409, 412)
    pod.bulk("DELETE", definition["uri"]).expect(204)
    pod.rest("DELETE", path).expect(200)
