from pathlib import Path

import pytest
from pydantic import ValidationError

from hotgigs.chassis import runner
from hotgigs.chassis.bus.embedded import EmbeddedBus
from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.chassis.settings import Settings


def test_without_any_setting_everything_is_embedded() -> None:
    settings = Settings()
    assert settings.is_embedded
    assert settings.amqp_url is None
    assert settings.port == 8000
    assert settings.blob_store_url() == f"file://{Path('var/blobs').resolve()}"


def test_settings_come_from_variables_with_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTGIGS_DATABASE_URL", "postgresql://db/x")
    monkeypatch.setenv("HOTGIGS_PORT", "9000")
    monkeypatch.setenv("HOTGIGS_DATA_DIR", "/data")
    monkeypatch.setenv("HOTGIGS_BLOB_URL", "s3://bucket")
    monkeypatch.setenv("HOTGIGS_SOMETHING_OF_ANOTHER_SERVICE", "1")
    settings = Settings()
    assert not settings.is_embedded
    assert (settings.port, settings.data_dir) == (9000, Path("/data"))
    assert settings.blob_store_url() == "s3://bucket"


def test_proxies_are_trusted_by_address_and_by_network(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().proxies == []
    monkeypatch.setenv("HOTGIGS_TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::1,")
    assert Settings().proxies == ["10.0.0.0/8", "2001:db8::1"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "66000"),
        ("LOG_LEVEL", "loud"),
        ("DRAIN_SECONDS", "-1"),
        ("AMQP_NAMESPACE", "a.b #"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HOTGIGS_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_service_may_have_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTGIGS_DRIVE_SYNC_DATABASE_URL", "postgresql://own/x")
    settings = Settings()
    assert settings.database_url_of("drive_sync", "postgresql://shared/x") == "postgresql://own/x"
    assert settings.database_url_of("ingest", "postgresql://shared/x") == "postgresql://shared/x"


async def test_the_broker_is_used_where_it_is_set(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    assert isinstance(await _opened(database_url), EmbeddedBus)
    monkeypatch.setenv("HOTGIGS_AMQP_URL", "amqp://broker/")
    monkeypatch.setenv("HOTGIGS_AMQP_NAMESPACE", "elsewhere")
    bus = await _opened(database_url)
    assert isinstance(bus, RabbitMQBus)
    assert bus._names.events == "elsewhere.events"


async def _opened(database_url: str) -> object:
    bus = await runner.open_bus(Settings(), database_url, client_name="test")
    await bus.close()
    return bus
