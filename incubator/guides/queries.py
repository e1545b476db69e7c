"""Which guides there are, and in which language somebody can read one."""

import functools
from pathlib import Path

import config
from incubator.foundation import language
from incubator.guides import rules
from incubator.guides.pages import Guide

FOLDER = Path(config.ROOT) / "docs" / "guides"
ROLES = ("neighbour", "lead", "mentor", "coordinator", "partner", "panel", "moderator", "translator")
SOURCE = "en"  # the language in which guides are written first


def guide(role: str, code: str) -> Guide:
    """Return a guide in the first language that somebody reads; else in the one it was written in."""
    for each in (*language.reading(code), SOURCE):
        if each in languages(role):
            return _read(role, each)
    raise LookupError(role)


def guides(code: str) -> list[Guide]:
    return [guide(role, code) for role in ROLES]


@functools.cache
def languages(role: str) -> frozenset[str]:
    """Return the languages in which a guide is written."""
    return frozenset(code for code in language.BY_CODE if _file(role, code).is_file())


@functools.cache
def _read(role: str, code: str) -> Guide:
    return rules.read(_file(role, code).read_text(encoding="utf-8"), role, code)


def _file(role: str, code: str) -> Path:
    return FOLDER / (f"{role}.md" if code == SOURCE else f"{role}.{code}.md")
