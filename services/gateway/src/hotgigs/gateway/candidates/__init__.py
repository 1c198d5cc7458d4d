"""What the gateway shows of candidates, and to whom."""
