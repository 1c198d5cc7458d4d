"""Refusals in Google's own shapes."""

from typing import Any


class Refused(Exception):
    """The answer to a request that is not served."""

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str | None = None,
        location_type: str = "parameter",
        status: str | None = None,
        outer_message: str | None = None,
        details: list[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code, reason, message)
        self.code = code
        self.reason = reason
        self.headers = headers or {}
        inner = {"message": message, "domain": domain, "reason": reason}
        if location:
            inner |= {"location": location, "locationType": location_type}
        error: dict[str, Any] = {"code": code, "message": outer_message or message, "errors": [inner]}
        if status:
            error["status"] = status
        if details:
            error["details"] = details
        self.body = {"error": error}


def not_found(file_id: str) -> Refused:
    return Refused(404, "notFound", f"File not found: {file_id}.", location="fileId")


def drive_not_found(drive_id: str) -> Refused:
    return Refused(404, "notFound", f"Shared drive not found: {drive_id}", location="driveId")


def invalid(location: str, message: str = "Invalid Value") -> Refused:
    return Refused(400, "invalid", message, location=location)


def bad_field(selection: str) -> Refused:
    return Refused(400, "invalidParameter", f"Invalid field selection {selection}", location="fields")


def unauthenticated() -> Refused:
    return Refused(
        401,
        "authError",
        "Invalid Credentials",
        location="Authorization",
        location_type="header",
        status="UNAUTHENTICATED",
        outer_message="Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'},
    )


def no_login() -> Refused:
    return Refused(
        403,
        "forbidden",
        "Method doesn't allow unregistered callers (callers without established identity). Please use API "
        "Key or other form of API consumer identity to call this API.",
        status="PERMISSION_DENIED",
    )


def scope_insufficient(scopes: str) -> Refused:
    return Refused(
        403,
        "insufficientPermissions",
        "Insufficient Permission",
        outer_message="Request had insufficient authentication scopes.",
        status="PERMISSION_DENIED",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
                "metadata": {"service": "drive.googleapis.com"},
            }
        ],
        headers={
            "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", '
            f'error="insufficient_scope", scope="{scopes}"'
        },
    )


def user_rate_limit() -> Refused:
    return Refused(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")


class OAuthRefused(Exception):
    """In the shape of the token endpoint."""

    def __init__(self, code: int, error: str, description: str) -> None:
        super().__init__(error, description)
        self.code = code
        self.body = {"error": error, "error_description": description}
