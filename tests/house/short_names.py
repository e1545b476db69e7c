"""Which of a world's things a short name in an address means."""

from types import SimpleNamespace


def slug_of(endpoint: str, world: SimpleNamespace) -> str:
    """Return the short name that a public address of this kind carries."""
    room, _dot, kind = endpoint.partition(".")
    project = world.attendance.workshop if room == "signups" else world.project
    known = {"district": world.project.district, "theme": world.project.theme, "round": world.round,
             "workshop": world.workshop, "organisation": world.organisation}
    return str(known.get(kind, project).slug)
