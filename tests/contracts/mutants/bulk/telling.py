"""Defects of Bulk in logs and rejects."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "bulk: recordIndex counts from 0",
        "crm/transfer/batch.py",
        "Reject(self.first + row + 1,",
        "Reject(self.first + row,",
        ("bulk.reject.*",),
    ),
    Mutant(
        "bulk: rows with bad addresses go in",
        "crm/transfer/batch.py",
        "refused = dict.fromkeys(unfit, Code.BAD_ADDRESS if attribute.is_address else Code.BAD_VALUE)",
        "refused = {}",
        ("bulk.reject.bad*",),
    ),
    Mutant(
        "bulk: a duplicate is information",
        "crm/transfer/codes.py",
        'DUPLICATE = "ELQ-00026", WARNING',
        'DUPLICATE = "ELQ-00026", INFORMATION',
        ("bulk.log.of-an-import",),
    ),
    Mutant(
        "bulk: a line has other words",
        "crm/transfer/codes.py",
        '"Total records processed."',
        '"Records processed."',
        ("bulk.log.texts",),
    ),
    Mutant(
        "bulk: a reject is in the plural",
        "crm/transfer/codes.py",
        '"Invalid email addresses.", "Invalid email address."',
        '"Invalid email addresses.", "Invalid email addresses."',
        ("bulk.reject.bad*",),
    ),
    Mutant(
        "bulk: the outcome is written small",
        "crm/transfer/syncs.py",
        "status=status.capitalize()",
        "status=status",
        ("bulk.log.outcome",),
    ),
    Mutant(
        "bulk: the outcome stands last",
        "crm/transfer/syncs.py",
        "if each.code == Code.PROCESSED.code), len(lines))",
        "if each.code == '-'), len(lines))",
        ("bulk.log.o*",),
    ),
    Mutant(
        "bulk: a warning is a success",
        "crm/transfer/codes.py",
        '"warning" if WARNING in worst else "success"',
        '"success"',
        ("bulk.sync.warning*",),
    ),
    Mutant(
        "bulk: the last line has words",
        "crm/transfer/codes.py",
        'OBSERVED_LAST = "ELQ-00071", INFORMATION, None',
        'OBSERVED_LAST = "ELQ-00071", INFORMATION, "Done."',
        ("bulk.log.texts",),
    ),
    Mutant(
        "bulk: zero counts are left out",
        "crm/transfer/imports.py",
        "*(line(code, now, tally[code]) for code in (*always, *after)),",
        "*(line(code, now, tally[code]) for code in (*always, *after) if tally[code]),",
        ("bulk.log.of-an-import",),
    ),
    Mutant(
        "bulk: duplicates count as remaining",
        "crm/transfer/imports.py",
        "left = total - sum(tally[code] for code in _BEFORE)",
        "left = total",
        ("bulk.log.of-an-import",),
    ),
    Mutant(
        "bulk: an unknown column is not told",
        "crm/transfer/imports.py",
        "yield line(Code.UNKNOWN_COLUMN, now, field=name)",
        "continue",
        ("bulk.sync.warning*",),
    ),
    Mutant(
        "bulk: rows are not counted",
        "crm/transfer/exports.py",
        "line(Code.EXPORTED, now, progress.rows)",
        "line(Code.EXPORTED, now)",
        ("bulk.log.of-an-export",),
    ),
)
