"""Events that the matcher publishes."""
