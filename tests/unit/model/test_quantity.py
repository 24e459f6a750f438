"""What is said of a text that is no quantity."""

import pytest

from generator.model import quantity

ADVICE = {
    ("256MB", "memory"): "write 256Mi, or 256M for powers of 1000",
    ("1GiB", "memory"): "write 1Gi",
    ("1gb", "storage"): "write 1Gi, or 1G for powers of 1000",
    ("10g", "storage"): "write 10Gi, or 10G for powers of 1000",
    ("64kb", "memory"): "write 64Ki, or 64k for powers of 1000",
    ("64K", "memory"): "write 64k",
    ("1,5Gi", "memory"): "write 1.5Gi",
    ("512 Mi", "memory"): "write 512Mi",
    ("512 m", "memory"): "write 512Mi, or 512M for powers of 1000",
    ("500 m", "cpu"): "write 500m",
    ("2 cores", "cpu"): "write 2",
    ("0.5cpu", "cpu"): "write 0.5",
    ("250mcpu", "cpu"): "write 250m",
    ("1024 bytes", "sizeLimit"): "write 1024",
    ("half", "cpu"): "processors in digits: 2, or 500m for half of one",
    ("much", "memory"): "bytes in digits: 512Mi, or 10Gi",
    ("3 eggs", "nvidia.com/gpu"): "a number with one of the suffixes m, k, M, G, T, Ki, Mi, Gi, Ti",
}


@pytest.mark.parametrize(("given", "said"), ADVICE.items(), ids=[" ".join(one) for one in ADVICE])
def test_advice(given: tuple[str, str], said: str) -> None:
    text, name = given
    with pytest.raises(quantity.QuantityError):
        quantity.parse(text)
    assert quantity.advice(text, name) == said
    if said.startswith("write "):
        for word in said.removeprefix("write ").replace(" for powers of 1000", "").split(", or "):
            assert quantity.parse(word) > 0
