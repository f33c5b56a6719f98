"""The console: pages under `/_mock/ui` that show a site and drive it, for whoever looks for the reason of something."""
