"""What pages need of a photo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A photo at the address where this page's readers may see it."""

    url: str
    small_url: str
    alt: str
    alt_language: str
    credit: str
    width: int
    height: int
