"""CampaignField: 2.0 only [doc]; its properties are those of contact fields [inferred]."""

from __future__ import annotations

from mock_eloqua.crm import campaign_fields
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.resource import Property
from mock_eloqua.sureness import Sureness

INFERRED = Sureness.INFERRED

CAMPAIGN_FIELD = asset(
    campaign_fields.KIND,
    "assets/campaign/field",
    Property("dataType", wire.WORD, values=DATA_TYPES, sure=INFERRED),
    Property("defaultValue", wire.TEXT, sure=INFERRED),
    Property("displayType", wire.WORD, values=DISPLAY_TYPES, sure=INFERRED),
    Property("internalName", wire.TEXT, read_only=True, sure=INFERRED),
    Property("isReadOnly", wire.BOOLEAN, default=False, sure=INFERRED),
    Property("isRequired", wire.BOOLEAN, default=False, sure=INFERRED),
    Property("isStandard", wire.BOOLEAN, read_only=True, sure=INFERRED),
    Property("optionListId", wire.ID, sure=INFERRED),
    versions={"2.0": "CRUDL"},
    prepare=campaign_fields.prepared,
    made=campaign_fields.named,
)
