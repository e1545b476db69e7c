"""What the office writes down at each point of its check."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, TextField
from incubator.foundation.forms import VersionedForm
from incubator.projects.models_proposal import CheckResult
from incubator.projects.rules_check import LONGEST_NOTE, Point


class PointsForm(VersionedForm):
    """`build_points` adds a result and a note for each point of the round."""

    points: Sequence[Point] = ()

    @property
    def found(self) -> dict[str, tuple[CheckResult | None, str]]:
        return {each.text: (self[f"result_{each.key}"].data, self[f"note_{each.key}"].data or "")
                for each in self.points}


def build_points(points: Sequence[Point], version: int, **options: Any) -> PointsForm:
    fields: dict[str, Any] = {"points": points}
    data: dict[str, Any] = {"version": version}
    for each in points:
        fields[f"result_{each.key}"] = ChoiceField(each.text, choices=CheckResult, radio=True)
        fields[f"note_{each.key}"] = TextField(_l("Note for the team"), max_length=LONGEST_NOTE)
        data |= {f"result_{each.key}": each.result, f"note_{each.key}": each.note}
    return type("ThesePointsForm", (PointsForm,), fields)(data=data, **options)
