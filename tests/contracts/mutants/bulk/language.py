"""Defects of the languages of Bulk: filters, searches, tables."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "bulk: a search in single quotes is taken to the letter",
        "language/listing.py",
        'in "\'\\"" and',
        "in '\"' and",
        ("bulk.list.search*",),
    ),
    Mutant(
        "bulk: a date is compared the wrong way",
        "language/listing.py",
        '_RANGES = {">": gt, "<": lt,',
        '_RANGES = {">": lt, "<": gt,',
        ("bulk.list.search*",),
    ),
    Mutant(
        "bulk: an asterisk is a letter",
        "language/patterns.py",
        'def fits(text: str, value: str, wildcard: str = "*")',
        'def fits(text: str, value: str, wildcard: str = "%")',
        ("bulk.list.search*",),
    ),
    Mutant(
        "bulk: AND and OR are one another",
        "language/filter.py",
        "every = isinstance(node, And) != negated",
        "every = isinstance(node, And) == negated",
        ("bulk.filter.reads*",),
    ),
    Mutant(
        "bulk: NOT means nothing",
        "language/filter.py",
        "return _tree(part, leaf, negated=not negated)",
        "return _tree(part, leaf, negated=negated)",
        ("bulk.filter.reads*",),
    ),
    Mutant("bulk: unequal is equal", "language/comparison.py", '"!=": _differs,', '"!=": eq,', ("bulk.filter.text*",)),
    Mutant(
        "bulk: greater or equal is greater", "language/comparison.py", '">=": ge,', '">=": gt,', ("bulk.filter.by-id",)
    ),
    Mutant(
        "bulk: like finds it anywhere",
        "language/comparison.py",
        "return patterns.escaped(comparison.value)",
        'return "%" + patterns.escaped(comparison.value)',
        ("bulk.filter.text*",),
    ),
    Mutant(
        "bulk: dates of filters are always Eastern",
        "crm/transfer/filters.py",
        "zone, node = UTC if utc else EASTERN, language.parse(text)",
        "zone, node = EASTERN, language.parse(text)",
        ("bulk.filter.zone",),
    ),
    Mutant(
        "bulk: a segment goes with any field",
        "crm/transfer/filters.py",
        "if not few or not all(_is_system_date(each) for each in others):",
        "if not few:",
        ("bulk.filter.segment*",),
    ),
    Mutant(
        "bulk: a segment may be in an OR",
        "crm/transfer/filters.py",
        "if any(_is_segment(each) for each in _leaves(node)):",
        "if not node:",
        ("bulk.filter.segment*",),
    ),
    Mutant(
        "bulk: a cell with a quote is not quoted",
        "language/csv_rows.py",
        "return commas and '\"' not in lines and",
        "return commas and",
        ("bulk.download.quot*",),
    ),
)
