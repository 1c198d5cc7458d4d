"""What HTTP handlers are given, by the names `principal` and `resources`."""

from typing import Any

from litestar import Request
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.resources import Resources

# They are our own objects and not input: nothing to validate.
GivenPrincipal = NamedDependency[SkipValidation[Principal]]
GivenResources = NamedDependency[SkipValidation[Resources]]


def _principal(request: Request[Any, Any, Any], resources: GivenResources) -> GivenPrincipal:
    """It needs no ``resources``, but two dependencies that do not need each other make Litestar open a
    task group for every request, an eighth of a status read."""
    principal: Principal = request.user
    return principal


def _resources(request: Request[Any, Any, Any]) -> GivenResources:
    resources: Resources = request.app.state.resources
    return resources


DEPENDENCIES = {
    "principal": Provide(_principal, sync_to_thread=False),
    "resources": Provide(_resources, sync_to_thread=False),
}
