"""Commands that the gateway publishes."""
