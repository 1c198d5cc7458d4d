"""The notifier: webhooks, and what is delivered to them."""
