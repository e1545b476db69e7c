"""What was collected stays until the end: Python need not look through all of it for garbage again and again."""

import gc

OFTEN_ENOUGH = 10_000  # new objects; by itself Python looks after seven hundred


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN_ENOUGH, 10, 10)
