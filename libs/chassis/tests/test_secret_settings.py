import resource
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from operator import methodcaller
from pathlib import Path

import pytest
from pydantic import SecretStr

from hotgigs.chassis.sealing import Sealing, Unopenable, WeakKey
from hotgigs.chassis.secret_settings import MissingSecret, SecretSettings

LABEL = "of these tests"
ELSEWHERE = "postgresql://elsewhere/hotgigs"
ONE, OTHER = (
    SecretStr("one-secret-of-at-least-32-characters"),
    SecretStr("another-secret-of-over-32-characters"),
)


def opens(sealing: Sealing, sealed: bytes) -> bool:
    try:
        return sealing.open(sealed, context=b"") == b"content"
    except Unopenable:
        return False


def sealed_by(settings: SecretSettings) -> bytes:
    return settings.sealing(LABEL).seal(b"content", context=b"")


def test_embedded_a_key_is_made_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    sealed = sealed_by(SecretSettings(data_dir=tmp_path))
    assert opens(SecretSettings(data_dir=tmp_path, jwt_secret=ONE).sealing(LABEL), sealed)
    assert not opens(SecretSettings(data_dir=tmp_path / "other").sealing(LABEL), sealed)
    assert stat.S_IMODE((tmp_path / "encryption-key").stat().st_mode) == 0o600


def test_elsewhere_the_jwt_secret_stands_in_for_a_key(tmp_path: Path) -> None:
    sealed = sealed_by(SecretSettings(database_url=ELSEWHERE, data_dir=tmp_path, jwt_secret=ONE))
    assert opens(SecretSettings(database_url=ELSEWHERE, jwt_secret=ONE).sealing(LABEL), sealed)
    assert not opens(SecretSettings(database_url=ELSEWHERE, jwt_secret=OTHER).sealing(LABEL), sealed)
    assert not opens(SecretSettings(encryption_key=ONE).sealing(LABEL), sealed), "it is a key of its own"
    assert not list(tmp_path.iterdir())
    with pytest.raises(MissingSecret):
        SecretSettings(database_url=ELSEWHERE).sealing(LABEL)


def test_a_key_that_is_set_goes_first_and_older_ones_still_open() -> None:
    sealed = sealed_by(SecretSettings(database_url=ELSEWHERE, encryption_key=ONE))
    both = SecretStr(f"{OTHER.get_secret_value()},{ONE.get_secret_value()}")
    assert opens(SecretSettings(encryption_key=both).sealing(LABEL), sealed)
    assert not opens(SecretSettings(encryption_key=OTHER).sealing(LABEL), sealed)


def test_a_weak_key_is_refused() -> None:
    with pytest.raises(WeakKey):
        SecretSettings(encryption_key=SecretStr("too short")).sealing(LABEL)


@pytest.mark.parametrize("kept", ["", "cut off"])
def test_a_kept_secret_that_was_cut_off_is_refused(tmp_path: Path, kept: str) -> None:
    settings = SecretSettings(data_dir=tmp_path)
    for name, use in (
        ("encryption-key", partial(settings.sealing, LABEL)),
        ("jwt-secret", settings.signing_secret),
    ):
        (tmp_path / name).write_text(kept)
        with pytest.raises(MissingSecret, match=name):
            use()


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """As on a disk with no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


KEPT: list[Callable[[SecretSettings], object]] = [
    methodcaller("sealing", LABEL),
    SecretSettings.signing_secret,
]


@pytest.mark.parametrize("use", KEPT)
def test_a_secret_that_could_not_be_written_whole_is_not_kept(
    tmp_path: Path, use: Callable[[SecretSettings], object]
) -> None:
    with files_of_at_most(10), pytest.raises(OSError, match="large"):
        use(SecretSettings(data_dir=tmp_path))
    assert not list(tmp_path.iterdir())
    use(SecretSettings(data_dir=tmp_path))


def test_of_two_processes_that_make_a_secret_at_once_both_use_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[str] = []
    made = secrets.token_urlsafe

    def meanwhile_another_makes_one(size: int) -> str:
        monkeypatch.setattr(secrets, "token_urlsafe", made)
        others.append(SecretSettings(data_dir=tmp_path).signing_secret())
        return made(size)

    monkeypatch.setattr(secrets, "token_urlsafe", meanwhile_another_makes_one)
    assert [SecretSettings(data_dir=tmp_path).signing_secret()] == others
    assert len(list(tmp_path.iterdir())) == 1
