"""Webhooks: what may be set up, and what is shown of them and of their deliveries."""
