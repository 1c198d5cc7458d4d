"""What has come of commands."""
