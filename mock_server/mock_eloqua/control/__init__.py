"""The control API: drive and watch the emulator. Not part of Eloqua."""
