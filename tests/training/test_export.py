"""What is exported gives what was trained: the same scores without a mask, for windows without padding."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from models.training.export import UnpaddedEncoder  # noqa: E402  # only where torch is
from models.training.network import BaseSizes, HeadSizes, NewsEncoder  # noqa: E402

SIZES = BaseSizes(24, 2, 3, 48, 50, 32, 1e-12)


@pytest.mark.parametrize("pieces", [1, 7, 32])
def test_the_exported_form_scores_a_window_as_the_network_does(pieces: int) -> None:
    torch.manual_seed(7)
    network = NewsEncoder(SIZES, HeadSizes(5, 7, 4, 8), dropout=0.1).eval()
    window = (
        torch.randint(1, 50, (1, pieces)),
        torch.randint(0, 8, (1, pieces)),
        torch.randint(0, 3, (1, pieces)),
    )
    with torch.no_grad():
        for trained, exported in zip(network(*window), UnpaddedEncoder(network)(*window), strict=True):
            assert torch.allclose(trained, exported, atol=1e-5)
