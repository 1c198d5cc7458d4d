"""Where files come from: each provider behind the one interface of `hotgigs.drive_sync.sources.source`."""
