"""What a finding must say before it is written down; nothing here reads the database."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue import rules

FIELDS = ("kind", "statement", "language", "indicator", "count", "base", "pct", "languages", "year", "source",
          "licence", "theme_id", "district_id")
EMPTY: dict[str, Any] = {"language": "de", "indicator": "", "count": None, "base": None, "pct": None, "licence": "",
                         "languages": (), "district_id": None}


def checked(fields: dict[str, Any], this_year: int) -> dict[str, Any]:
    """Return the facts as they are kept; what points at a few people or has no source is refused."""
    if unknown := set(fields) ^ set(FIELDS):
        raise TypeError(f"a finding has its fields and no others: {', '.join(sorted(unknown))}")
    rules.demand_figure(fields["count"], fields["base"], fields["pct"])
    rules.demand_year(fields["year"], this_year)
    return fields | {
        "statement": rules.line(fields["statement"], "statement", _l("Please write what is needed or missing.")),
        "indicator": rules.line(fields["indicator"], "indicator"),
        "source": rules.line(fields["source"], "source",
                             _l("Please say where this is written. Without a source it is not shown.")),
        "licence": rules.line(fields["licence"], "licence"),
        "languages": [code for code in rules.SPOKEN if code in fields["languages"]],
    }


def sameness(fields: dict[str, Any]) -> tuple[Any, ...]:
    """Return what two findings share that say the same of the same people."""
    words = (" ".join(fields[name].split()).casefold() for name in ("statement", "indicator", "source"))
    return (*words, fields["year"], fields["theme_id"], fields["district_id"])
