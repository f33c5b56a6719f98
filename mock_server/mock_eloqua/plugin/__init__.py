"""The parts of the pytest plugin; those that its entry module loads import pytest and the standard library only."""
