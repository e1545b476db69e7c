"""Which mentor fits which project: by language, by theme, and by how much they do already."""

from collections.abc import Collection
from dataclasses import dataclass

EVERYBODY_SPEAKS = "de"


@dataclass(frozen=True)
class Wanted:
    """What a project needs: its theme, and the languages of its leads and its proposal, as codes."""

    theme_id: int | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fit:
    """Why somebody fits: the wanted languages they speak beside German, and whether they know the theme."""

    speaks: tuple[str, ...] = ()
    knows_theme: bool = False

    @property
    def points(self) -> int:
        return bool(self.speaks) + self.knows_theme


def fit(wanted: Wanted, theme_ids: Collection[int], languages: Collection[str]) -> Fit:
    """Compare what is needed with what somebody brings; German is no reason, because the whole pool speaks it."""
    needed, spoken = ({code.partition("-")[0] for code in codes} for codes in (wanted.languages, languages))
    common = (needed & spoken) - {EVERYBODY_SPEAKS}
    return Fit(tuple(sorted(common)), wanted.theme_id is not None and wanted.theme_id in theme_ids)


def rank(fits: Fit, load: int, name: str, *, is_hindered: bool) -> tuple[bool, int, bool, int, str]:
    """Return what sorts the pool: who may, who fits most, a common language before the theme, then who is freest."""
    return is_hindered, -fits.points, not fits.speaks, load, name
