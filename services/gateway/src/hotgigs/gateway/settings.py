"""The gateway's settings, from ``HOTGIGS_*`` beside the shared ones."""

from pydantic import Field, SecretStr

from hotgigs.chassis.secret_settings import SecretSettings

MIB = 1024 * 1024


class GatewaySettings(SecretSettings):
    jwt_issuer: str = "hotgigs"
    jwt_audience: str = "hotgigs-api"
    jwt_jwks_url: str | None = None
    """The keys of an outside issuer, whose tokens for the same audience are accepted too."""
    jwt_outside_issuer: str | None = None
    """That issuer's name, the ``iss`` of its tokens."""
    access_token_seconds: int = Field(default=900, ge=1)
    refresh_token_seconds: int = Field(default=30 * 24 * 3600, ge=1)

    admin_email: str | None = None
    admin_password: SecretStr | None = Field(default=None, min_length=8)
    recruiter_approval: bool = False
    """Recruiters who register wait until an admin lets them in."""

    upload_max_bytes: int = Field(default=10 * MIB, ge=1)
    batch_max_files: int = Field(default=100, ge=1)
    batch_max_bytes: int = Field(default=200 * MIB, ge=1)
    outcome_wait_seconds: float = Field(default=2.0, ge=0)
    """How long a command's answer waits for its effect before it says 202."""

    preview_wait_seconds: float = Field(default=10.0, ge=0)
    """How long a preview, or a search for similar candidates, may take; 503 beyond."""

    idempotency_lease_seconds: float = Field(default=30.0, gt=0)
    """How long after its gateway was killed a request counts as in flight."""
    idempotency_spool_max_bytes: int = Field(default=1024 * MIB, ge=1)
    """Of the disk, for the bodies of all requests with an Idempotency-Key that one gateway has at once."""

    rate_limits: bool = True
    """on or off; the numbers below are requests a minute."""
    rate_limit_uploads: int = Field(default=10, ge=1)
    rate_limit_bulk_uploads: int = Field(default=2, ge=1)
    rate_limit_others: int = Field(default=100, ge=1)
    """Of a user, whatever else is asked for."""
    rate_limit_accounts: int = Field(default=60, ge=1)
    """From an address: register, log in and refresh together."""
    rate_limit_anonymous: int = Field(default=100, ge=1)
    """From an address, without a token that is accepted."""
    rate_limit_store_seconds: float = Field(default=0.25, gt=0)
    """How long a request waits for the gateways' common count before it is counted here alone."""

    google_client_id: str = ""
    """Of the operator's OAuth client: without it nobody can connect a Google Drive by consent."""
    google_client_secret: SecretStr = SecretStr("")
    google_auth_uri: str = Field(
        default="https://accounts.google.com/o/oauth2/v2/auth", pattern=r"^https?://[^/]"
    )
    """Where users are asked for their consent."""
    google_token_uri: str = Field(default="https://oauth2.googleapis.com/token", pattern=r"^https?://[^/]")
    google_redirect_uri: str | None = Field(default=None, pattern=r"^https?://[^/]+/")
    """The address of ``/api/google-drive/callback`` as users' browsers reach it; without it that of the
    request which asks for the consent."""
    google_timeout_seconds: float = Field(default=10.0, gt=0)
    """How long Google may take to make tokens of a consent."""
    drive_return_url: str | None = Field(default=None, pattern=r"^https?://[^/]")
    """The page to which the browser is led after a consent; without it the answer is JSON."""

    webhook_allow_private: bool = False
    """For a developer's machine: webhooks may be on it and in its networks, and without TLS."""
    webhook_allow_http: bool = False
    """Public addresses without TLS."""
    webhook_test_wait_seconds: float = Field(default=5.0, ge=0)
    """How long the answer to a test waits for what the receiver says."""

    smtp_url: SecretStr | None = None
    """Where mail to users is handed in, such as ``smtps://user:password@mail.example:465``; with ``smtp://``
    TLS begins where the server offers it. Without it nobody is sent mail."""
    mail_from: str = "HotGigs <no-reply@localhost>"

    cors_origins: str = ""
    """Comma-separated origins of web pages that may call the API."""
