import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from e2e.api import Api, Secrets
from e2e.background_loop import BackgroundLoop, background_loop
from e2e.deployment import BATCH_MAX_BYTES, Deployment, DistributedDeployment, EmbeddedDeployment
from e2e.outside_issuer import AUDIENCE, OutsideIssuer, outside_issuer
from e2e.server_process import processes_naming
from support.postgres import database
from support.proxies import TcpProxy, proxy_before, through
from support.rabbitmq import Broker
from support.server_folder import server_folder
from support.stand_in_drive import StandInDrive

from hotgigs.chassis.service import installed_services

ADMIN_EMAIL = "admin@mail.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What all other tests left, in the logs and elsewhere, is looked at when they are over."""
    items.sort(key=lambda item: item.path.name in ("test_log_privacy.py", "test_token_privacy.py"))


@pytest.fixture(scope="session")
def loop() -> Iterator[BackgroundLoop]:
    with background_loop() as loop:
        yield loop


@pytest.fixture(scope="session")
def secrets() -> Secrets:
    return Secrets()


@pytest.fixture(scope="session")
def issuer() -> Iterator[OutsideIssuer]:
    with outside_issuer() as issuer:
        yield issuer


@pytest.fixture(scope="session")
def google() -> Iterator[StandInDrive]:
    """Where the users of all deployments have their Drives."""
    with StandInDrive() as google:
        google.behave(client_id="hotgigs.apps.example", client_secret=uuid4().hex)
        yield google


@pytest.fixture(scope="session")
def settings(secrets: Secrets, issuer: OutsideIssuer, google: StandInDrive) -> dict[str, str]:
    """Of every deployment."""
    jwt_secret, admin_password = uuid4().hex * 2, uuid4().hex
    secrets.add(jwt_secret, ADMIN_EMAIL, admin_password, google.behaviour.client_secret)
    return {
        "HOTGIGS_JWT_SECRET": jwt_secret,
        "HOTGIGS_JWT_AUDIENCE": AUDIENCE,
        "HOTGIGS_JWT_JWKS_URL": issuer.jwks_url,
        "HOTGIGS_JWT_OUTSIDE_ISSUER": issuer.name,
        "HOTGIGS_ADMIN_EMAIL": ADMIN_EMAIL,
        "HOTGIGS_ADMIN_PASSWORD": admin_password,
        "HOTGIGS_GOOGLE_CLIENT_ID": google.behaviour.client_id,
        "HOTGIGS_GOOGLE_CLIENT_SECRET": google.behaviour.client_secret,
        "HOTGIGS_GOOGLE_AUTH_URI": google.authorize_uri,
        "HOTGIGS_GOOGLE_TOKEN_URI": google.token_uri,
        "HOTGIGS_DRIVE_API_ENDPOINT": google.api_endpoint,
        "HOTGIGS_DRIVE_LEASE_SECONDS": "5",
        "HOTGIGS_DRIVE_PAGE_SIZE": "7",
        "HOTGIGS_DRIVE_PROGRESS_SECONDS": "0.2",
        "HOTGIGS_DRIVE_REQUESTS_PER_SECOND": "500",
        "HOTGIGS_BATCH_MAX_BYTES": str(BATCH_MAX_BYTES),
        "HOTGIGS_PARSER_WORKERS": "2",
        "HOTGIGS_RATE_LIMITS": "off",
        "HOTGIGS_WEBHOOK_ALLOW_PRIVATE": "1",
        "HOTGIGS_WEBHOOK_BATCH_SECONDS": "1",
        "HOTGIGS_WEBHOOK_RETRY_SCHEDULE": "0.2,0.2,0.2",
        "HOTGIGS_WEBHOOK_TIMEOUT": "5",
    }


@pytest.fixture(scope="session")
def embedded(settings: dict[str, str], loop: BackgroundLoop) -> Iterator[Deployment]:
    with server_folder() as folder:
        deployment = EmbeddedDeployment(folder, settings, loop)
        try:
            deployment.start()
            yield deployment
        finally:
            deployment.stop()
            # A database whose first user was killed does not end with its last one.
            for pid in processes_naming(f"-D {folder}"):
                os.kill(pid, signal.SIGINT)


@pytest.fixture(scope="session")
def distributed(
    tmp_path_factory: pytest.TempPathFactory,
    settings: dict[str, str],
    loop: BackgroundLoop,
    postgres_url: str,
    amqp_url: str,
) -> Iterator[DistributedDeployment]:
    folder = tmp_path_factory.mktemp("distributed")
    broker = Broker(amqp_url)
    with ExitStack() as stack:

        def proxied(url: str) -> tuple[TcpProxy, str]:
            proxy = stack.enter_context(loop.entered(proxy_before(url)))
            return proxy, through(proxy, url)

        def new_database() -> str:
            return stack.enter_context(loop.entered(database(postgres_url, template="template0")))

        broker_proxy, broker_url = proxied(amqp_url)
        # The gateway shares with ingest and the matcher; the others have databases of their own.
        (gateway_proxy, shared), (parser_proxy, parsers) = proxied(new_database()), proxied(new_database())
        queues = [queue for service in installed_services().values() for queue in service.queues]
        stack.callback(lambda: loop.run(broker.delete_everything(also=queues)))
        deployment = DistributedDeployment(
            folder,
            settings
            | {
                "HOTGIGS_AMQP_URL": broker_url,
                "HOTGIGS_AMQP_NAMESPACE": broker.namespace,
            },
            loop,
            database_urls={
                **dict.fromkeys(("gateway", "ingest", "matcher"), shared),
                "parser": parsers,
                "drive-sync": new_database(),
                "notifier": new_database(),
            },
            broker=broker_proxy,
            databases={"gateway": gateway_proxy, "parser": parser_proxy},
        )
        deployment.migrate()
        try:
            deployment.start()
            yield deployment
        finally:
            deployment.stop()


@pytest.fixture(scope="session", params=["embedded", "distributed"])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """Either: what is asked of the system, a test asks of both."""
    deployment: Deployment = request.getfixturevalue(request.param)
    return deployment


@pytest.fixture
def recruiter_of(secrets: Secrets) -> Iterator[Callable[[Deployment], Api]]:
    """Makes and logs in a new recruiter of a deployment."""
    with ExitStack() as stack:

        def make(deployment: Deployment) -> Api:
            api = Api(deployment.url, secrets)
            stack.callback(api.close)
            return api.register("recruiter").log_in()

        yield make


@pytest.fixture
def sign_up(deployment: Deployment, secrets: Secrets) -> Iterator[Callable[[str], Api]]:
    """Makes and logs in a new user of a role."""
    with ExitStack() as stack:

        def make(role: str) -> Api:
            api = Api(deployment.url, secrets)
            stack.callback(api.close)
            return api.register(role).log_in()

        yield make


@pytest.fixture
def recruiter(sign_up: Callable[[str], Api]) -> Api:
    return sign_up("recruiter")


@pytest.fixture
def candidate(sign_up: Callable[[str], Api]) -> Api:
    return sign_up("candidate")


@pytest.fixture
def nobody(deployment: Deployment, secrets: Secrets) -> Iterator[Api]:
    """A client without an account."""
    api = Api(deployment.url, secrets)
    yield api
    api.close()


@pytest.fixture
def admin(deployment: Deployment, settings: dict[str, str], secrets: Secrets) -> Iterator[Api]:
    api = Api(deployment.url, secrets)
    yield api.log_in(settings["HOTGIGS_ADMIN_EMAIL"], settings["HOTGIGS_ADMIN_PASSWORD"])
    api.close()


@pytest.fixture
def key() -> str:
    """An Idempotency-Key of this test's own."""
    return str(uuid4())
