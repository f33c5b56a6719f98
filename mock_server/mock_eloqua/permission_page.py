"""The page `docs/permissions.md`: the permission matrix, with who of the default users may, written by `coverage`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mock_eloqua import house
from mock_eloqua.access.matrix import MATRIX, OperationGroup
from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, CONSUME_API, DEFAULT_GROUPS, EVERYONE
from mock_eloqua.access.rights import apart
from mock_eloqua.crm.seeds import USERS

_INTRODUCTION = """# Permissions

Users are in security groups, and may do what any of their groups lets them; everyone is in `Everyone`.
A group holds action permissions (`Manage Contacts`), asset permissions for each type of assets (`Retrieve`, `Update`,
`Delete`, `SetSecurity`, `Activate`, and `Create`, the creation right), and labels of contact security.
Tokens add nothing: whoever calls with one has the rights of the user that it belongs to, as they are at that moment.
`GET`, `POST` and `PUT /_mock/groups` show and change groups, `securityGroups` of a seed adds some; see
[the server's page](server.md).

| what is missing | REST | Bulk | SOAP | `GET /id` |
| --- | --- | --- | --- | --- |
| a right | 403, no body | 401, `You are not authorized to make this request.` | 200, `UnauthorizedAction` in the \
result; a fault where results have no errors | switch `id_requires_advanced` |
| `Consume API` | 403, no body | the same 401 | 500, fault `FailedAuthentication` | answers |
| contact hidden by labels | 404 | not in exports | not found | |

Not emulated, because nothing is known of it on the wire: permissions of a single asset (`SetSecurity` is shown, and
gates no operation), licences of single features, and a missing `Retrieve` in SOAP and in the lists of Bulk.
"""


def permissions() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_groups(), *_matrix()])


def _groups() -> Iterator[str]:
    yield from ("## Default security groups", "", "| id | group | action permissions | asset permissions | users |")
    yield "| --- | --- | --- | --- | --- |"
    for key, (name, held) in DEFAULT_GROUPS.items():
        actions, assets = apart(held)
        users = ", ".join(f"`{login}`" for login, *_, groups, _enabled in USERS if key in groups)
        yield f"| {key} | {name} | {_counted(actions)} | {_of_assets(assets)} | {'all' if key == EVERYONE else users} |"
    yield ""


def _counted(actions: list[str]) -> str:
    return "all" if CONSUME_API not in actions and len(actions) == len(ACTION_PERMISSIONS) - 1 else ", ".join(actions)


def _of_assets(assets: dict[str, list[str]]) -> str:
    if not assets:
        return ""
    every = len(assets) == len(ASSET_TYPES)
    what = "all types" if every else ", ".join(assets)
    words = {word for each in assets.values() for word in each}
    return f"{what}: {', '.join(sorted(words)) if len(words) == 1 else 'all'}"


def _matrix() -> Iterator[str]:
    found = {row: Counter[str]() for row in MATRIX}
    for name in house.FACES.values():
        face = house.face(name)
        for operation in face.inner or face.operations:
            if name in ("rest", "bulk", "soap"):
                found[operation.does][_face(name, operation.path)] += 1
    yield from (
        "## Operations",
        "",
        "How many operations of each face there are, what they take besides `Consume API`,",
    )
    yield "and whether a default user may; `no.api` and `disabled` may call nothing."
    yield from ("", f"| operations | takes | {' | '.join(_FACES)} | {' | '.join(_SHOWN)} | sure | source |")
    yield f"| --- | --- {'| --- ' * (len(_FACES) + len(_SHOWN) + 2)}|"
    yield from (_row(row, counts) for row, counts in found.items() if counts)
    yield ""


_FACES = ("REST 1.0", "REST 2.0", "Bulk 1.0", "Bulk 2.0", "SOAP")
_SHOWN = {login: groups for login, *_, groups, is_enabled in USERS if is_enabled and login != "no.api"}


def _face(name: str, path: str) -> str:
    return "SOAP" if name == "soap" else f"{name.upper() if name == 'rest' else 'Bulk'} {path.split('/')[3]}"


def _row(row: OperationGroup, counts: Counter[str]) -> str:
    cells = [str(counts[face] or "") for face in _FACES]
    cells += ["yes" if held_by(groups).issuperset(row.needs) else "no" for groups in _SHOWN.values()]
    return f"| {row} | {', '.join(row.needs)} | {' | '.join(cells)} | {row.sure.value} | {row.source} |"


def held_by(groups: tuple[int, ...]) -> frozenset[str]:
    """What somebody in these default groups holds."""
    return frozenset(right for key in groups for right in DEFAULT_GROUPS[key][1])
