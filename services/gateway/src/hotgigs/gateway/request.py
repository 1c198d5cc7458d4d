"""A request as the routes are given it."""

from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import SerializationException
from litestar.status_codes import HTTP_400_BAD_REQUEST

from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.bodies import body_of
from hotgigs.gateway.errors import Problem, invalid
from hotgigs.gateway.resources import Resources


class GatewayRequest(Request[Principal, str, State]):
    """What Litestar would inject as dependencies stands on the request: to resolve two of them takes a
    twentieth of a read."""

    @property
    def principal(self) -> Principal:
        """Who asks; not on a route that needs no token."""
        return self.user

    @property
    def resources(self) -> Resources:
        resources: Resources = self.app.state.resources
        return resources

    async def json(self) -> Any:
        """The route's body in its shape, with the types that the document says: Litestar would take 0 for
        false. Raises Problem 400, also for what Litestar takes for a failure of the server."""
        shape = body_of(self.route_handler)
        try:
            if shape is not None:
                return msgspec.json.decode(await self.body(), type=shape)
            return await super().json()
        except msgspec.ValidationError as err:
            raise invalid(err, shape or msgspec.Struct) from err
        except (SerializationException, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as err:
            raise Problem(
                status_code=HTTP_400_BAD_REQUEST, detail="The request's body is not sound JSON in UTF-8."
            ) from err
