"""The gateway's tables of users who connect a Drive. What is in them is over within the hour."""

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid, func

from hotgigs.gateway.tables import metadata

# Asked for at Google, and not answered yet. Whoever answers proves to know a state, and to be the browser
# that asked.
drive_consents = Table(
    "drive_consents",
    metadata,
    Column("state_hash", LargeBinary, primary_key=True),  # SHA-256
    Column("browser_hash", LargeBinary, nullable=False),  # SHA-256
    Column("user_id", Uuid, nullable=False),  # also an outside issuer's, which has no row in users
    Column("sealed_verifier", LargeBinary, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)

# What was granted, until it has been handed over to drive-sync, for as many folders as are set up meanwhile.
drive_connections = Table(
    "drive_connections",
    metadata,
    Column("connection_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("sealed_grant", LargeBinary, nullable=False),  # a DriveGrant, for drive-sync alone to open
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)
