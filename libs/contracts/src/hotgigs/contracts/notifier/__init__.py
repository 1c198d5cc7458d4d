"""Events that the notifier publishes."""
