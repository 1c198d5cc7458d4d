"""Events that the parser publishes."""
