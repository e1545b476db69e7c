"""Refusals: each a sentence for a person, raised where the rule is, shown by the form."""

from typing import Any


class RuleBroken(Exception):
    """Say in one translated sentence why something may not be done; `field` names the input it stands beside."""

    def __init__(self, sentence: Any, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Stale(RuleBroken):
    """The row was changed after the form was drawn; `current` maps field names to what is stored now."""

    def __init__(self, sentence: Any, version: int, current: dict[str, Any]) -> None:
        super().__init__(sentence)
        self.version = version
        self.current = current
