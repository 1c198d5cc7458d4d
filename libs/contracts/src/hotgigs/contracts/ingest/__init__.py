"""Events that ingest publishes."""
