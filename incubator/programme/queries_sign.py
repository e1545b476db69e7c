"""Videos in sign language that the city has put beside its file, and the pages they belong to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from incubator.programme.rules_city_access import SIGNED

KINDS = {"mp4": "video/mp4", "jpg": "image/jpeg", "vtt": "text/vtt"}
PAGE_OF = {endpoint: page for page, endpoint in SIGNED.items()}


@dataclass(frozen=True)
class SignVideo:
    """The video of one page; `has_poster` and `has_captions` say what lies beside it."""

    page: str
    is_there: bool
    has_poster: bool
    has_captions: bool


def place(home: Path, page: str, kind: str) -> Path:
    """Return where a video, its picture or its captions lie in the city's folder."""
    return home / "sign" / f"{page}.{kind}"


def videos(home: Path, pages: Iterable[str]) -> Iterator[SignVideo]:
    """Return the videos of the pages that the city's file names, also where one is missing."""
    for page in pages:
        yield SignVideo(page, *(place(home, page, kind).is_file() for kind in KINDS))


def video_of(endpoint: str | None, home: Path, pages: Collection[str]) -> SignVideo | None:
    """Return the video of a page, if the city names it and it is there."""
    page = PAGE_OF.get(endpoint or "")
    return next((each for each in videos(home, [page] if page and page in pages else []) if each.is_there), None)
