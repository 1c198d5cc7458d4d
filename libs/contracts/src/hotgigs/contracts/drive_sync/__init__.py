"""Events that drive-sync publishes."""
