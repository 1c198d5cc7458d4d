"""The ``hotgigs`` command. Services add their own commands as entry points of ``hotgigs.commands``."""

from collections.abc import Coroutine
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import click

if TYPE_CHECKING:
    from hotgigs.chassis.service import AnyService
    from hotgigs.chassis.settings import Settings

T = TypeVar("T")

# What the commands need is imported when they run, so that `hotgigs --help` and one service's command
# do not pay for, or need, what another service is made of.


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group="hotgigs.commands").names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for point in entry_points(group="hotgigs.commands", name=cmd_name):
            command: click.Command = point.load()
            return command
        return None


@click.command(cls=_Commands)
def main() -> None:
    """Serve the system, look after it, or use a part of it by itself."""


@main.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def serve(names: tuple[str, ...]) -> None:
    """Run the named services, or "all", in this process."""
    from hotgigs.chassis import runner  # noqa: PLC0415

    settings = _settings()
    services = _services(names)
    everything = _services(("all",))
    if settings.is_embedded and settings.amqp_url is None and len(services) < len(everything):
        raise click.UsageError(
            "a part of the services needs HOTGIGS_AMQP_URL, or a HOTGIGS_DATABASE_URL that it shares with"
            " the others"
        )

    async def run() -> None:
        if settings.is_embedded:
            url = await runner.database_url(settings)
            await runner.prepare(everything, settings, url)
        await runner.serve(services, settings)

    _run(run())


@main.command()
def migrate() -> None:
    """Bring the database schemas of all services up to date and declare their queues."""
    from hotgigs.chassis import runner  # noqa: PLC0415

    settings = _settings()

    async def run() -> None:
        await runner.prepare(_services(("all",)), settings, await runner.database_url(settings))

    _run(run())


@main.command(name="replay")
@click.argument("owner")
@click.option("--to", "consumer", required=True, metavar="CONSUMER", help="The service that is told.")
def replay_state(owner: str, consumer: str) -> None:
    """Have OWNER tell one other service its whole state again."""
    from hotgigs.chassis import replay, runner  # noqa: PLC0415
    from hotgigs.chassis.bus.interface import PublishFailed  # noqa: PLC0415

    settings = _settings()
    owning, consuming = _service(owner), _service(consumer)

    async def run() -> int:
        url = await runner.database_url(settings)
        async with runner.bus_for("replay", settings, url) as bus:
            return await replay.replay(owning, consuming, bus, settings, url)

    try:
        told = _run(run())
    except replay.NothingToTell as err:
        raise click.ClickException(str(err)) from err
    except PublishFailed as err:
        raise click.ClickException("the bus did not take everything; repeat the replay") from err
    click.echo(f"{told} messages put into the queues of {consumer}")


@main.command(name="rebuild")
@click.argument("service")
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit with 1 where something is wrong."
)
@click.option("--force", is_flag=True, help="Also where the owners know nothing at all.")
def rebuild_read_models(service: str, *, only_check: bool, force: bool) -> None:
    """Make SERVICE's read models again, from what their owners know, while it serves."""
    from hotgigs.chassis import rebuild, runner  # noqa: PLC0415
    from hotgigs.chassis.read_models import Difference  # noqa: PLC0415

    settings = _settings()
    rebuilt = _service(service)

    async def run() -> list[Difference]:
        url = await runner.database_url(settings)
        return await rebuild.rebuild(
            rebuilt, _services(("all",)), settings, url, only_check=only_check, even_to_nothing=force
        )

    try:
        differences = _run(run())
    except (rebuild.NoReadModels, rebuild.MissingOwner, rebuild.NothingTold) as err:
        raise click.ClickException(str(err)) from err
    for difference in differences:
        click.echo(
            f"{difference.table}: {difference.missing} missing, {difference.different} different,"
            f" {difference.left_over} left over"
        )
    if only_check and not all(difference.is_none for difference in differences):
        raise SystemExit(1)


@main.group(name="dead-letters")
def dead_letters() -> None:
    """Messages that no handler could take: list, show, replay."""


@dead_letters.command(name="list")
@click.option("--queue", "queue_name", help="Only this queue, such as SERVICE.MESSAGE.")
@click.option("--limit", default=100, show_default=True, help="At most so many of each queue.")
def list_dead_letters(queue_name: str | None, limit: int) -> None:
    """One line each: queue, message id, type, tries, when, why. Never what is in them."""
    from hotgigs.chassis import dead_letters as command  # noqa: PLC0415

    for line in _run(command.listed(queue_name, limit)):
        click.echo(line)


@dead_letters.command(name="show")
@click.argument("message_id", type=click.UUID)
def show_dead_letter(message_id: UUID) -> None:
    """The whole message as JSON, personal data included."""
    from hotgigs.chassis import dead_letters as command  # noqa: PLC0415

    shown = _run(command.shown(message_id))
    if not shown:
        raise click.ClickException("no dead letter has this id")
    for text in shown:
        click.echo(text)


@dead_letters.command(name="replay")
@click.argument("message_ids", type=click.UUID, nargs=-1)
@click.option("--queue", "queue_name", help="Only this queue.")
@click.option("--all", "everything", is_flag=True, help="All of the queue, or of all queues.")
def replay_dead_letters(message_ids: tuple[UUID, ...], queue_name: str | None, *, everything: bool) -> None:
    """Put dead letters back into the queues they came from."""
    from hotgigs.chassis import dead_letters as command  # noqa: PLC0415

    if bool(message_ids) == everything:
        raise click.UsageError("name message ids, or say --all")
    replayed = _run(command.replayed(queue_name, None if everything else set(message_ids)))
    click.echo(f"{replayed} replayed")


def _settings() -> "Settings":
    from hotgigs.chassis import logs  # noqa: PLC0415
    from hotgigs.chassis.settings import Settings  # noqa: PLC0415

    settings = Settings()
    logs.configure(settings)
    return settings


def _services(names: tuple[str, ...]) -> "list[AnyService]":
    from hotgigs.chassis.service import installed_services  # noqa: PLC0415

    if names == ("all",):
        return list(installed_services().values())
    return [_service(name) for name in dict.fromkeys(names)]


def _service(name: str) -> "AnyService":
    from hotgigs.chassis.service import installed_services  # noqa: PLC0415

    installed = installed_services()
    if name not in installed:
        raise click.UsageError(f"no such service: {name}. There are {', '.join(sorted(installed))}.")
    return installed[name]


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    """On uvloop, which uvicorn brings along where it can be had."""
    import uvloop  # noqa: PLC0415

    return uvloop.run(coroutine)
