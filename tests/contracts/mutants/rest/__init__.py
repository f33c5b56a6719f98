"""Defects of REST."""

from tests.contracts.mutants.rest import assets, contacts, later, records, speech

MUTANTS = (*speech.MUTANTS, *contacts.MUTANTS, *assets.MUTANTS, *records.MUTANTS, *later.MUTANTS)
