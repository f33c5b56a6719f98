"""Defects of Bulk 1.0, which is a translation."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "bulk: 1.0 refuses like 2.0",
        "bulk/failures.py",
        'if "/bulk/1.0/" in call.path.lower():',
        "if not call.path:",
        ("bulk.first.refusal",),
    ),
    Mutant(
        "bulk: an error of 1.0 has another type",
        "bulk/failures.py",
        '"EndpointValidationError"',
        '"EndpointParameterError"',
        ("bulk.first.refusal",),
    ),
    Mutant(
        "bulk: a page of 1.0 is one too far",
        "bulk/first.py",
        "offset=(page - 1) * limit",
        "offset=page * limit",
        ("bulk.first.list.pages",),
    ),
    Mutant(
        "bulk: fields of 1.0 have a type",
        "bulk/first.py",
        '"internalName",\n    "defaultValue",',
        '"internalName",\n    "dataType",\n    "defaultValue",',
        ("bulk.first.fields",),
    ),
    Mutant(
        "bulk: results of 1.0 do not name their sync",
        "bulk/first.py",
        '"createdAt": line["createdAt"], **message, "syncUri": uri}',
        '"createdAt": line["createdAt"], **message}',
        ("bulk.first.results",),
    ),
    Mutant(
        "bulk: 1.0 keeps milliseconds",
        "bulk/first_words.py",
        '{"secondsToRetainData": durations.milliseconds(value) // 1000}',
        '{"secondsToRetainData": durations.milliseconds(value)}',
        ("bulk.first.import",),
    ),
    Mutant(
        "bulk: a number of 1.0 is another rule",
        "bulk/first_words.py",
        '"6": "ifExistingIsNull"',
        '"6": "ifNewIsNotNull"',
        ("bulk.first.numbers*",),
    ),
    Mutant(
        "bulk: rules of 1.0 compare otherwise",
        "bulk/first_words.py",
        '("=", "!=", ">", ">=", "<", "<=")',
        '("=", "!=", ">=", ">", "<", "<=")',
        ("bulk.first.filter*",),
    ),
    Mutant(
        "bulk: remove is add in 1.0",
        "bulk/first_words.py",
        '"remove": ("remove", ""),',
        '"remove": ("add", ""),',
        ("bulk.first.members",),
    ),
    Mutant(
        "bulk: uris of 1.0 are plural",
        "bulk/first_words.py",
        '("contacts/imports", "contact/import"),',
        '("contacts/imports", "contact/imports"),',
        ("bulk.first.import",),
    ),
)
