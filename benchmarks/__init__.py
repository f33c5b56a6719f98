"""What the emulator costs, beside the floor under it: `python -m benchmarks`."""
