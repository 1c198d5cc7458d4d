"""What every service runs on. Nothing in here knows what the services are about."""
