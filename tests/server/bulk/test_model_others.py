"""What is only added, or only carries something: activities, responses, links, addresses, numbers: `model.others`.

For a longer run: `pytest tests/server/bulk/test_model_others.py --hypothesis-profile=long --timeout=0`.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.bulk import drawn
from tests.server.bulk.faces import Face
from tests.server.bulk.model import others
from tests.server.bulk.model.matching import RULES
from tests.server.bulk.model.others import KINDS, Kind, Others
from tests.server.bulk.model.uploads import Upload
from tests.server.bulk.worlds import MODEL, same

OUT = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
DEALS = {
    "id": "{{Opportunity.Id}}",
    "name": "{{Opportunity.Field(Name)}}",
    "stage": "{{Opportunity.Field(Stage)}}",
    "amount": "{{Opportunity.Field(Amount)}}",
}
VALUES = {
    "who": st.sampled_from(("ada@x.co", "ADA@x.co", "bob@x.co", "bob@x.co", "nobody@x.co", "bad", "", " ")),
    "campaign": st.sampled_from(("1", "1", "1", " 1 ", "99", "spring", "")),
    "asset": st.sampled_from(("Fair 2024", "FAIR 2024", "Fair 2025", " ", "")),
    "type": st.sampled_from(("Fair", "fair", "Fair", "Moon", "")),
    "what": st.sampled_from(("Visited", "visited", "Visited", "Slept", "")),
    "when": st.sampled_from(drawn.DATES) | st.sampled_from(drawn.DATES) | st.sampled_from(("", *drawn.BAD_DATES)),
    "status": st.sampled_from(("Responded", "Attended", "", " ", "x" * 100, "x" * 101)),
    "returned": st.sampled_from(("ok", "", "y" * 101)),
    "deal": st.sampled_from(("006A", "006a", "006B", "006Z", "")),
}
ITS = {
    "emailAddresses": st.sampled_from(("ada@x.co", "ADA@x.co", "bob@x.co", "new@x.co", "NEW@x.co", "bad", "", " ")),
    "phoneNumbers": st.sampled_from(
        ("+49 30 1234567", "0049301234567", "(212) 555-0100", "12125550100", "123", "x", "")
    ),
}


@st.composite
def tables(draw: st.DrawFn, kind: Kind) -> tuple[list[str], list[Upload]]:
    """Keys of a definition, and uploads; what may lack lacks now and then."""
    optional = [name for name in kind.statements if name in ("campaign", "returned", "status")]
    keys = [each for each in kind.statements if each not in optional or draw(st.integers(0, 3))]
    uploads = []
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        lacking = draw(st.sampled_from(["", "", "", "", *keys]))
        cells: dict[str, Any] = {
            each: ITS[kind.path] if each == "it" else VALUES[each] for each in keys if each != lacking
        }
        rows = draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=5))
        as_csv = bool(cells) and draw(st.booleans())
        uploads.append(Upload(rows, tuple(cells) if as_csv else None))
    return keys, uploads


def site(eloqua: Any, http: Any, face: Face) -> Others:
    """Two contacts, a campaign, a type of external assets, two opportunities, on a clean site and in the model."""
    eloqua.reset()
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    eloqua.seed(contacts=[{"emailAddress": "Ada@x.co"}, {"emailAddress": "bob@x.co"}])
    http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"})
    types = [{"type": "ExternalActivityType", "name": "Visited"}]
    http.post("/API/REST/2.0/assets/external/type", json={"name": "Fair", "activityTypes": types})
    uri = face.define("opportunities", "imports", fields=DEALS, identifierFieldName="id")
    deal = {"name": "Engine", "stage": "Won", "amount": "1500"}
    face.stage(uri, Upload([{"id": key, **deal} for key in ("006A", "006B")]))
    face.run(uri)
    return Others(
        contacts={"ada@x.co": 1, "bob@x.co": 2},
        campaigns=frozenset("1"),
        asset_types={"fair": "Visited"},
        opportunities=frozenset(("006a", "006b")),
    )


def exported(face: Face, path: str, fields: dict[str, str], **options: str) -> list[dict[str, str]]:
    """The rows of an export."""
    return face.rows(face.define(path, "exports", fields=fields, **options), 1000, as_csv=False)


def agrees(face: Face, kind: Kind, world: Others) -> None:
    """What can be read of these imports is what the model knows."""
    match kind.path:
        case "activities":
            fields = {
                "contact": "{{Activity.Contact.Id}}",
                "when": "{{Activity.CreatedAt}}",
                "campaign": "{{Activity.Campaign.Id}}",
            }
            assert (
                exported(face, "activities", fields, filter="'{{Activity.Type}}'='ExternalActivity'")
                == world.activities
            )
        case "campaignResponses":
            fields = {"campaign": "{{CampaignResponse.Campaign.Id}}", "contact": "{{CampaignResponse.Contact.Id}}"}
            fields |= {name: kind.statements[name] for name in ("status", "returned")}
            assert exported(face, "campaignResponses", fields) == [
                {"campaign": campaign, "contact": str(contact), **said}
                for (campaign, contact), said in world.responses.items()
            ]
        case "emailAddresses":
            fields = {"id": "{{Contact.Id}}", "subscribed": "{{Contact.Email.IsSubscribed}}"}
            assert exported(face, "contacts", fields) == [
                {"id": str(key), "subscribed": "false" if address in world.said else "true"}
                for address, key in world.contacts.items()
            ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)
@MODEL
@given(data=st.data())
def test_rows_that_are_only_added_meet_the_fate_that_the_rules_say(eloqua, http, connection, kind, data):
    """bulk.md 4.4, 10: what they name has to be there."""
    face = Face(connection, eloqua.basic_auth)
    world = site(eloqua, http, face)
    carries = {"syncActions": [OUT]} if kind.identifier else {}

    for _ in range(2):
        keys, uploads = data.draw(tables(kind))
        rule = data.draw(st.sampled_from([each for each in RULES if each != "never"]))
        uri = face.define(
            kind.path,
            "imports",
            fields={key: kind.statements[key] for key in keys},
            **({"identifierFieldName": kind.identifier, **carries} if kind.identifier else {}),
            updateRule=rule,
        )
        for upload in uploads:
            face.stage(uri, upload)
        same(face, face.run(uri), others.load(kind, world, keys, uploads, rule))

    agrees(face, kind, world)
