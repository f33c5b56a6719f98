"""What every type of assets has in common: made, read, found, replaced, deleted (`rest` 0, 2, 3, 4, 7.4, 18)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eloqua_contracts.catalogue.rest.answers import ids, in_order, listed, no_texts, scalars, wrong_parameter
from eloqua_contracts.catalogue.rest.asset_types import ASSET_TYPES, CLIENT, DOC, AssetType
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_ids, unknown_ids

_STAMPS = ("createdAt", "createdBy", "updatedAt", "updatedBy")
_OF_2_0 = {"createdByName", "updatedByName", "sourceTemplateId", "scheduledFor"}
"""What only the description of 2.0 has (`rest` 2.2, 20)."""
_NUMBERS = {"recordCount"}
"""The scalars that are no texts (`rest` 2.1)."""


def create(pod: Pod, kind: AssetType) -> None:
    """A POST answers 201 with the {type} at depth complete: name, id, stamps, scalars as texts, keys in order."""
    draft = kind.draft(pod)

    made = pod.made(kind.path, draft)

    told = made["type"], made["name"], made["depth"]
    expect(that=told == (kind.type, draft["name"], "complete"), otherwise="type, name and depth are right", found=told)
    expect(that=list(made) == in_order(made), otherwise=f"the order is {in_order(made)}", found=list(made))
    keys = set(_STAMPS) & set(made)
    expect(that=keys == (set(_STAMPS) if kind.has_stamps else set()), otherwise="stamps are there or not", found=keys)
    expect(that=made.get("createdAt") == made.get("updatedAt"), otherwise="it was updated when it was made", found=made)
    expect(that=made.get("createdBy") == made.get("updatedBy"), otherwise="by the same user", found=made)
    more = _OF_2_0 & set(made) if pod.version == "1.0" else set()
    expect(that=not more, otherwise="what is of 2.0 is not in 1.0", found=more)
    numbers = set(no_texts(made)) - _NUMBERS
    expect(that=not numbers, otherwise="scalars are texts", found=numbers)
    empty = [name for name, value in made.items() if value in (None, "")]
    expect(that=not empty, otherwise="nothing is null or empty", found=empty)


def depths(pod: Pod, kind: AssetType) -> None:
    """{A} is read at three depths, each with what the one before has; without a depth it is the documented one."""
    made = pod.made(kind.path, kind.draft(pod))
    path = f"{kind.path}/{made['id']}"

    usual = pod.rest("GET", path).expect(200).json()
    minimal, partial_, complete = (
        pod.rest("GET", path, depth=each).expect(200).json() for each in ("minimal", "partial", "complete")
    )

    said = [each["depth"] for each in (minimal, partial_, complete)]
    expect(that=said == ["minimal", "partial", "complete"], otherwise="each says its depth", found=said)
    grows = set(minimal) <= set(partial_) <= set(complete)
    expect(that=grows, otherwise="a depth has what the one before has", found=[list(minimal), list(partial_)])
    least = {"type", "id", "depth", "name"} | ({"createdAt", "updatedAt"} if kind.has_stamps else set())
    expect(that=least <= set(minimal), otherwise=f"{least} are there at minimal", found=list(minimal))
    expect(that=scalars(complete) == scalars(made), otherwise=f"it is {scalars(made)}", found=scalars(complete))
    wanted = kind.read_depth if pod.version == "2.0" else "complete"
    expect(that=usual["depth"] == wanted, otherwise=f"without a depth it is {wanted}", found=usual["depth"])


def found(pod: Pod, kind: AssetType) -> None:
    """{A} is found by its name in the list, at depth minimal, and nothing else is."""
    made = pod.made(kind.path, kind.draft(pod))

    elements = listed(pod.rest("GET", kind.many, search=f"name='{made['name']}'"))

    expect(that=ids(elements) == [made["id"]], otherwise=f"it finds {made['id']} alone", found=ids(elements))
    told = elements[0]["type"], elements[0]["name"], elements[0]["depth"]
    wanted = (kind.type, made["name"], "minimal")
    expect(that=told == wanted, otherwise=f"type, name and depth are {wanted}", found=told)


def replaced(pod: Pod, kind: AssetType) -> None:
    """A PUT of {a} answers 200 with it at depth complete under its new name; id and creation stay."""
    made = pod.made(kind.path, kind.draft(pod))
    path, name = f"{kind.path}/{made['id']}", pod.name("renamed")

    changed = pod.rest("PUT", path, made | {"name": name}).expect(200).json()

    told = changed["type"], changed["name"], changed["depth"]
    expect(that=told == (kind.type, name, "complete"), otherwise="type, name and depth are right", found=told)
    wanted = {key: value for key, value in scalars(made).items() if not key.startswith("updated")} | {"name": name}
    moved = {key: changed.get(key) for key, value in wanted.items() if changed.get(key) != value}
    expect(that=not moved, otherwise="all else is as it was", found=moved)
    again = pod.rest("GET", path, depth="complete").expect(200).json()
    expect(that=again == changed, otherwise="a GET gives the same", found=again)


def deleted(pod: Pod, kind: AssetType) -> None:
    """A DELETE of {a} answers 200 with nothing; it is 404 from then on, to GET and to DELETE, and in no list."""
    made = pod.made(kind.path, kind.draft(pod))
    path = f"{kind.path}/{made['id']}"

    gone = pod.rest("DELETE", path).expect(200)

    told = gone.body, gone.headers.get("content-type")
    expect(that=told == (b"", None), otherwise="there is neither body nor content type", found=told)
    pod.rest("GET", path).expect(404)
    pod.rest("DELETE", path).expect(404)
    left = listed(pod.rest("GET", kind.many, search=f"name='{made['name']}'"))
    expect(that=not left, otherwise="it is not listed", found=left)


def unknown(pod: Pod, draw: Draw, kind: AssetType) -> None:
    """{A} that is not there is 404, and an id that is no number is 400 with an error of `id`."""
    pod.rest("GET", f"{kind.path}/{draw(unknown_ids())}").expect(404)
    text = draw(no_ids().filter(lambda text: text not in {"root", "field", "group", "type", "rule"}))

    error = wrong_parameter(pod.rest("GET", f"{kind.path}/{text}1"), "id")

    told = error["requirement"]["type"], error["value"]
    expect(that=told == ("IdRequirement", f"{text}1"), otherwise="rule and value are those of an id", found=told)


def nameless(pod: Pod, kind: AssetType) -> None:
    """{A} without a name is 400."""
    pod.rest("POST", kind.path, {"description": pod.name(), **kind.body(pod)}).expect(400)


def taken(pod: Pod, kind: AssetType) -> None:
    """{A} whose name is taken is 409, and there is still one of that name."""
    made = pod.made(kind.path, kind.draft(pod))

    pod.rest("POST", kind.path, kind.body(pod) | {"name": made["name"]}).expect(409)

    there = listed(pod.rest("GET", kind.many, search=f"name='{made['name']}'"))
    expect(that=ids(there) == [made["id"]], otherwise=f"there is {made['id']} alone", found=ids(there))


def permissions(pod: Pod, kind: AssetType) -> None:
    """The permissions of {a} are the word `fullControl` in 1.0 and a list of words in 2.0, at every depth."""
    made = pod.made(kind.path, kind.draft(pod))

    for depth in ("minimal", "complete"):
        said = pod.rest("GET", f"{kind.path}/{made['id']}", depth=depth).expect(200).json()["permissions"]
        if pod.version == "1.0":
            expect(that=said == "fullControl", otherwise="it is the word fullControl", found=said)
        else:
            least = {"Retrieve", "SetSecurity", "Delete", "Update"}
            expect(that=isinstance(said, list) and least <= set(said), otherwise=f"it lists {least}", found=said)


def unused(pod: Pod, kind: AssetType) -> None:
    """What nothing uses has no dependencies: a bare, empty array."""
    made = pod.made(kind.path, kind.draft(pod))

    there = pod.rest("GET", f"{kind.path}/{made['id']}/dependencies").expect(200).json()

    expect(that=there == [], otherwise="there are none", found=there)


def latest(pod: Pod, kind: AssetType) -> None:
    """The latest {type}s are a list, a new one among them."""
    made = pod.made(kind.path, kind.draft(pod))

    there = ids(listed(pod.rest("GET", f"{kind.many}/recent", count=20)))

    expect(that=made["id"] in there, otherwise=f"{made['id']} is among them", found=there)


def copied(pod: Pod, kind: AssetType) -> None:
    """A copy of {a} is 201: another one, of the name that was asked for, with what the first has."""
    made, name = pod.made(kind.path, kind.draft(pod)), pod.name("copy")

    copy = pod.rest("POST", f"{kind.path}/{made['id']}/copy", {"name": name}).expect(201).json()

    told = copy["type"], copy["name"], copy["id"] != made["id"]
    expect(that=told == (kind.type, name, True), otherwise="it is another of that name", found=told)
    lacking = set(made) - set(copy)
    expect(that=not lacking, otherwise="it has what the first has", found=lacking)
    pod.rest("GET", f"{kind.path}/{copy['id']}").expect(200)


def root(pod: Pod, kind: AssetType) -> None:
    """A new folder lies in the root folder, which `root` names in place of an id; that is a folder of the product's."""
    made = pod.made(kind.path, kind.draft(pod))

    there = pod.rest("GET", f"{kind.path}/root", depth="partial").expect(200).json()

    told = there["type"], there["id"], there["isSystem"]
    wanted = ("Folder", made["folderId"], "true")
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


_Fact = Callable[..., None]


def _declare(
    kind: AssetType, fact: _Fact, sure: Sure, source: str, *needs: Need, versions: tuple[str, ...] = ()
) -> None:
    check = partial(fact, kind=kind)
    one = f"{'an' if kind.type[0] in 'AEIOU' else 'a'} {kind.type}"
    check.__doc__ = (fact.__doc__ or "").format(type=kind.type, a=one, A=one[0].upper() + one[1:])
    name = f"rest.{kind.key}.{fact.__name__}"
    all_needs = (*needs, *kind.more_needs) if Need.WRITES in needs else needs
    contract(name, sure=sure, source=source, versions=versions or kind.versions, needs=all_needs)(check)


def _declare_all(kind: AssetType) -> None:
    _declare(kind, create, kind.sure, "rest 0 facts 1, 2, 6, rest 2.2", Need.WRITES)
    _declare(kind, depths, kind.sure, "rest 0 facts 8, 9, rest 3", Need.WRITES)
    _declare(kind, found, kind.sure, "rest 0 facts 3, 8, rest 5", Need.WRITES)
    _declare(kind, deleted, kind.sure, "rest 0 fact 6, rest 18", Need.WRITES)
    _declare(kind, unknown, CLIENT, "rest 7.4")
    if kind.is_replaced:
        _declare(kind, replaced, kind.sure, "rest 0 facts 6, 13", Need.WRITES)
    if kind.needs_name:
        _declare(kind, nameless, CLIENT, "rest 7.4", Need.WRITES)
    if kind.is_unique:
        _declare(kind, taken, DOC, "rest 7.4", Need.WRITES)
    if kind.has_permissions:
        _declare(kind, permissions, CLIENT, "rest 0 fact 14", Need.WRITES)
    if kind.recent:
        _declare(kind, latest, CLIENT, "clients 4", Need.WRITES, versions=kind.recent)
    if kind.is_copied:
        _declare(kind, copied, CLIENT, "clients 4", Need.WRITES, versions=("2.0",))
    if kind.type == "Folder" and kind.key != "contact-list-folder":
        _declare(kind, root, CLIENT, "rest 14.3", Need.WRITES)
    if "2.0" in kind.versions and kind.path.startswith("/assets/"):
        _declare(kind, unused, CLIENT, "rest 14.6", Need.WRITES, versions=("2.0",))


for _kind in ASSET_TYPES:
    _declare_all(_kind)
