"""Form (`rest` 12.1)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import CREATE, UPDATE, doing
from mock_eloqua.crm import form_conditions, form_data, forms
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import actions, wire
from mock_eloqua.rest.asset import COMPLETE, V1, V2, asset
from mock_eloqua.rest.resource import Property, ResourceType, Shape
from mock_eloqua.rest.shapes import SIZE
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

CONDITION = Shape(
    type="IsRequiredCondition",
    has_id=False,
    variants={
        "BlankTextCondition": (),
        "IsEmailAddressCondition": (),
        "PreventUrlCondition": (),
        "PreventXSSCondition": (),
        "TextLengthCondition": (Property("maximum", wire.INTEGER), Property("minimum", wire.INTEGER)),
    },
    is_open=True,
)

VALIDATION = Shape(
    type="FieldValidation",
    shows_depth=True,
    properties=(
        Property("description", wire.TEXT),
        Property("name", wire.TEXT),
        Property("condition", wire.OBJECT, shape=CONDITION),
        Property("isEnabled", wire.BOOLEAN),
        Property("message", wire.TEXT),
    ),
)

_OF_ELEMENT = (Property("name", wire.TEXT), Property("instructions", wire.TEXT), Property("style", wire.TEXT))
_OF_FIELD = (
    Property("checkedValue", wire.TEXT),
    Property("createdFromContactFieldId", wire.ID),
    Property("dataType", wire.TEXT),
    Property("defaultValue", wire.TEXT),
    Property("displayType", wire.TEXT),
    Property("fieldMergeId", wire.ID),
    Property("htmlName", wire.TEXT),
    Property("optionListId", wire.ID),
    Property("uncheckedValue", wire.TEXT),
    Property("validations", wire.OBJECTS, shape=VALIDATION),
)
FIELD = Shape(type="FormField", properties=(*_OF_ELEMENT, *_OF_FIELD))
STAGE = Shape(type="ProgressiveProfileStage", properties=(*_OF_ELEMENT, Property("fields", wire.OBJECTS, shape=FIELD)))
ELEMENT = Shape(
    type="FormField",
    properties=_OF_ELEMENT,
    variants={
        "FormField": _OF_FIELD,
        "FormFieldGroup": (Property("fields", wire.OBJECTS, shape=FIELD),),
        "ProgressiveProfile": (Property("stages", wire.OBJECTS, shape=STAGE),),
    },
)

MAPPING = Shape(
    type="FormFieldUpdateMapping",
    properties=(
        Property("sourceFormFieldId", wire.RELATIVE_ID),
        Property("targetEntityFieldId", wire.RELATIVE_ID),
        Property("updateType", wire.TEXT),
    ),
)

COMPARED = Shape(
    type="TextValueCondition",
    has_id=False,
    properties=(
        Property("formFieldId", wire.RELATIVE_ID),
        Property("operator", wire.TEXT),
        Property("quickListString", wire.TEXT),
    ),
    is_open=True,  # `value` is a text, or an object where it is a relative date
)
STEP_CONDITION = Shape(
    type="ProcessingStepCondition",
    has_id=False,
    properties=(
        Property(
            "conditionalFieldCriteria",
            wire.OBJECTS,
            shape=Shape(
                type="FieldComparisonCriteria",
                has_id=False,
                properties=(
                    Property("condition", wire.OBJECT, shape=COMPARED),
                    Property("fieldId", wire.RELATIVE_ID),
                ),
                is_open=True,  # `FormField...` and `ContactField...` are words that clients know
            ),
        ),
        Property("isConditionallyNegated", wire.BOOLEAN),
    ),
)
RULE_SET = Shape(
    type="UpdateRuleSet",
    has_id=False,
    properties=(
        Property(
            "updateRules",
            wire.OBJECTS,
            shape=Shape(
                type="UpdateRule",
                has_id=False,
                properties=(
                    Property("formFieldId", wire.RELATIVE_ID),
                    Property("sourceFieldId", wire.RELATIVE_ID),
                    Property("targetFieldId", wire.RELATIVE_ID),
                    Property("updateType", wire.TEXT),
                    Property("value", wire.TEXT),
                ),
                is_open=True,
            ),
        ),
    ),
    is_open=True,
)

_OF_STEP = (
    Property("description", wire.TEXT),
    Property("name", wire.TEXT),
    Property("accountUpdateRuleSet", wire.OBJECT, shape=RULE_SET),
    Property("campaignId", wire.ID),
    Property("condition", wire.OBJECT, shape=STEP_CONDITION),
    Property("conditionalComparator", wire.TEXT),
    Property("conditionalFieldId", wire.RELATIVE_ID),
    Property("conditionalType", wire.TEXT),
    Property("conditionalValue", wire.TEXT, sure=Sureness.INFERRED),
    Property("contactUpdateRuleSet", wire.OBJECT, shape=RULE_SET),
    Property("customObjectId", wire.ID),
    Property("customObjectUpdateRuleSet", wire.OBJECT, shape=RULE_SET),
    Property("emailAddressFormFieldId", wire.RELATIVE_ID),
    Property("execute", wire.WORD, values=forms.EXECUTE),
    Property("hasValidationIssue", wire.BOOLEAN, read_only=True),
    Property("isConditionallyNegated", wire.BOOLEAN),
    Property("keyFieldId", wire.RELATIVE_ID),
    Property("keyFieldMapping", wire.OBJECT, shape=MAPPING),
    Property("keyFieldMappingSourceId", wire.RELATIVE_ID),
    Property("mappings", wire.OBJECTS, shape=MAPPING),
    Property("programId", wire.ID),
    Property("uniqueFieldId", wire.RELATIVE_ID),
)
STEP = Shape(type="FormProcessingStep", properties=_OF_STEP, is_open=True)
"""What a step has besides depends on its type and is kept as it comes."""


def _flat_steps(_site: Site, form: Asset) -> list[dict[str, Any]] | None:
    """Steps as 1.0 shows them: their condition flat [doc]."""
    return [_without(step, "condition") for step in form.doc.get("processingSteps", ())] or None


def _nested_steps(_site: Site, form: Asset) -> list[dict[str, Any]] | None:
    """Steps as 2.0 shows them: their condition an object [doc]."""
    return [_without(step, *form_conditions.FLAT) for step in form.doc.get("processingSteps", ())] or None


def _without(step: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name not in names}


def _form() -> ResourceType:
    return FORM


FORM = asset(
    forms.KIND,
    "assets/form",
    Property("archived", wire.BOOLEAN, read_only=True, default=False),
    Property("customCSS", wire.TEXT, versions=V2),
    Property("defaultKeyFieldMapping", wire.OBJECT, COMPLETE, shape=MAPPING, versions=V2),
    Property("elements", wire.OBJECTS, COMPLETE, shape=ELEMENT),
    Property("emailAddressFormFieldId", wire.RELATIVE_ID, versions=V1),
    Property("externalIntegrationUrl", wire.TEXT, versions=V2),
    Property("formJson", wire.TEXT, versions=V2),
    Property("html", wire.TEXT),
    Property("htmlName", wire.TEXT, longest=100),
    Property("isFormSpamProtectionEnabled", wire.BOOLEAN, versions=V2),
    Property("isHidden", wire.BOOLEAN, default=False),
    Property("isResponsive", wire.BOOLEAN, versions=V2, read_only=True, default=False),
    Property("processingSteps", wire.OBJECTS, COMPLETE, shape=STEP, versions=V1, source=_flat_steps),
    Property("processingSteps", wire.OBJECTS, COMPLETE, shape=STEP, versions=V2, source=_nested_steps),
    Property("processingType", wire.WORD, values=forms.PROCESSING_TYPES, default="internallyHosted"),
    Property("size", wire.OBJECT, COMPLETE, shape=SIZE, versions=V2),
    Property("style", wire.TEXT),
    Property("submitFailedLandingPageId", wire.ID),
    prepare=forms.completed,
    gone=form_data.forget,
    has_status=True,
    more=(
        actions.patch(_form, "assets/form", does=doing(UPDATE, forms.KIND)),
        *actions.archive(_form, "assets/form", does=doing(UPDATE, forms.KIND)),
        actions.copy(
            _form,
            "assets/form",
            sure=Sureness.CLIENT,
            does=doing(CREATE, forms.KIND),
            anew=forms.anew,
        ),
        actions.recent(_form, "assets/forms", V2),
    ),
)
