"""Packages that few need are read when one of their names is asked for first: each costs memory in every process."""

import importlib
from typing import Any


class Later:
    """Stands for a module until then."""

    def __init__(self, name: str) -> None:
        self.__later = name

    def __getattr__(self, wanted: str) -> Any:
        return getattr(importlib.import_module(self.__later), wanted)


def later(name: str) -> Any:
    return Later(name)
