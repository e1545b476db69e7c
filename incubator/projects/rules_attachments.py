"""What must hold about the papers that go with a proposal."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.media.models import Paper
from incubator.projects.models import Project
from incubator.projects.rules import EDITABLE

MOST = 10
LARGEST_MB = 10
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
LONGEST_TITLE = 120
TOO_MANY = _l("At most %(number)s files go with a proposal. Take one away first.", number=MOST)


def is_open(project: Project) -> bool:
    """Files come and go only while the proposal can be written on."""
    return project.status in EDITABLE


def demand_open(project: Project) -> None:
    if not is_open(project):
        raise RuleBroken(_l("The proposal was handed in and can no longer be changed. "
                            "The coordination can return it to you."))


def demand_papers(papers: Sequence[Paper], already: int) -> None:
    if not papers:
        raise RuleBroken(_l("Please choose a file."), "papers")
    if already + len(papers) > MOST:
        raise RuleBroken(TOO_MANY, "papers")
    for paper in papers:
        if paper.size_bytes > LARGEST_BYTES:
            raise RuleBroken(_l("%(name)s is larger than %(number)s MB. Please choose a smaller file.",
                                name=f"\u2068{paper.file_name}\u2069", number=LARGEST_MB), "papers")


def titles(title: str, names: Sequence[str]) -> list[str]:
    """Return what the files are called: by their own names where no title is given, numbered where several share one.
    """
    title = " ".join(title.split())
    if not title:
        return [name[:LONGEST_TITLE] for name in names]
    if len(names) == 1:
        return [title[:LONGEST_TITLE]]
    return [f"{title[:LONGEST_TITLE - 5]} ({number})" for number, _name in enumerate(names, 1)]
