"""What is left of a person anywhere: in every table of every service, the file store and the dead letters."""

import re
from collections.abc import Iterator

from e2e.background_loop import BackgroundLoop
from e2e.deployment import SERVICES, Deployment, DistributedDeployment

from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.chassis.service import installed_services

_BYTES = re.compile(r"\\\\x((?:[0-9a-f]{2})+)")
_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""


def traces(deployment: Deployment, loop: BackgroundLoop, words: list[str]) -> dict[str, set[str]]:
    """Which of ``words`` are found, by place."""
    found: dict[str, set[str]] = {}
    for place, text in texts(deployment, loop):
        folded = text.casefold()
        if said := {word for word in words if word.casefold() in folded}:
            found.setdefault(place, set()).update(said)
    return found


def texts(deployment: Deployment, loop: BackgroundLoop) -> Iterator[tuple[str, str]]:
    """All that is kept, by place."""
    for url, service in {deployment.database_url_of(service): service for service in SERVICES}.items():
        assert url
        for table in deployment.query(service, _TABLES):
            rows = deployment.query(service, f"SELECT t::text AS row FROM {table['name']} AS t")
            yield table["name"], "\n".join(_readable(row["row"]) for row in rows)
    for key in deployment.blobs:
        content = (deployment.blob_folder / key).read_bytes()
        yield "blobs", key + content.decode(errors="replace")
    if isinstance(deployment, DistributedDeployment):  # embedded, they are in tables
        yield "dead letters", loop.run(_dead_letters(deployment))


def _readable(row: str) -> str:
    """What is kept as bytes, as text beside it."""
    return row + "".join(bytes.fromhex(digits).decode(errors="replace") for digits in _BYTES.findall(row))


async def _dead_letters(deployment: DistributedDeployment) -> str:
    """Whole, of all queues."""
    url, namespace = deployment.amqp
    bus = RabbitMQBus(url, client_name="traces", namespace=namespace)
    try:
        queues = [queue for service in installed_services().values() for queue in service.queues]
        letters = [letter for queue in queues for letter in await bus.dead_letters(queue, limit=1000)]
    finally:
        await bus.close()
    return "\n".join(f"{letter} {letter.envelope.data.decode(errors='replace')}" for letter in letters)
