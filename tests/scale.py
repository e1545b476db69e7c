"""How deep the deep trials go: `make deep SCALE=0.1` takes a tenth of each number."""

import os

SCALE = float(os.environ.get("DEEP_SCALE", "1"))


def scaled(number: int, least: int = 2) -> int:
    return max(least, round(number * SCALE))


def told(sentence: str) -> None:
    """Say a figure where `make deep` finds it."""
    print(f"figure: {sentence}", flush=True)
