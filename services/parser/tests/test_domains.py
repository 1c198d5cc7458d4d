from importlib.resources import files

import numpy as np
import pytest

from hotgigs.embeddings import Embedder
from hotgigs.parser.domains import domain_of, domain_texts


@pytest.fixture(scope="module")
def model() -> Embedder:
    return Embedder()


@pytest.mark.parametrize(
    ("about", "domain"),
    [
        ("Bookkeeper, Payroll, Bank reconciliation, VAT returns", "accounting and audit"),
        ("Bus Driver, Route planning, Passenger safety", "transport and driving"),
        ("Gesundheits- und Krankenpflegerin, Intensivstation", "nursing"),
        ("Hairdresser, Colouring, Salon", "hair and beauty"),
    ],
)
def test_clear_work_has_a_domain(model, about, domain) -> None:
    assert domain_of(model.embed([about])[0]) == domain


@pytest.mark.parametrize("about", ["Manager", "Teamwork, Communication, Word", "xyzzy qwrt", ""])
def test_what_could_be_anything_has_none(model, about) -> None:
    assert domain_of(model.embed([about])[0]) is None


def test_the_checked_in_vectors_are_those_of_the_texts(model) -> None:
    texts = [text for told in domain_texts().values() for text in told]
    with files("hotgigs.parser.vocabulary").joinpath("domain_vectors.npy").open("rb") as file:
        stored = np.load(file).astype(np.float32)
    assert stored.shape == (len(texts), 384)
    assert (model.embed(texts) * stored).sum(axis=1).min() > 0.999


@pytest.mark.parametrize(("likeness", "domain"), [(0.3, None), (0.9, "nursing")])
def test_likeness_to_one_domain_alone_is_not_enough_when_it_is_small(model, likeness, domain) -> None:
    nursing = model.embed([domain_texts()["nursing"][0]])[0]
    others = model.embed([text for told in domain_texts().values() for text in told])
    unlike = np.random.default_rng(0).normal(size=384)
    unlike -= others.T @ np.linalg.lstsq(others.T, unlike, rcond=None)[0]
    unlike /= np.linalg.norm(unlike)
    vector = likeness * nursing + (1 - likeness**2) ** 0.5 * unlike
    assert domain_of(vector.astype(np.float32)) == domain
