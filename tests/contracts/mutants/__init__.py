"""Small defects, put into the emulator one at a time: the kit must notice them.

`python -m tests.contracts.mutants [NAME]...` tries all, or those of these names (with `*`).
"""
