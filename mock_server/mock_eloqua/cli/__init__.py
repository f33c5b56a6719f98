"""The command `mock-eloqua`: start the emulator, or drive one that runs."""

from mock_eloqua.cli import ca, contracts, doctor, people, seed, serve, state, trouble, watching
from mock_eloqua.cli.command import commands, main

__all__ = ["ca", "commands", "contracts", "doctor", "main", "people", "seed", "serve", "state", "trouble", "watching"]
