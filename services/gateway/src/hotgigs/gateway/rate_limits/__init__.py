"""How many requests a minute somebody may make, at all gateways together."""
