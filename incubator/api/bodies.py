"""JSON for forms: what a form asks, as a schema; and what a program sent, as a browser would have sent it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import flask
import wtforms
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from incubator.api.problems import NO_SUCH, UNFIT, Problem
from incubator.foundation.fields import CheckField, ChoiceField, DayField, NumberField
from incubator.foundation.forms import OURS, Form
from incubator.foundation.validators import Between, Length, Required

JSON = "application/json"
LONGEST = 64 * 1024
NUMBERED = re.compile(r"([a-z]+)_([0-9]+)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Body:
    """A form as programs fill it in: without `leaves`; rows of `several` stand in a list and not in numbered fields."""

    form: type[Form]
    leaves: tuple[str, ...] = ()
    several: str = ""
    row: tuple[str, ...] = ()
    row_needs: tuple[str, ...] = ()
    most: int = 0

    def blank(self) -> Form:
        return self.form(formdata=None, meta={"csrf": False})

    def asked(self, form: Form) -> Iterator[Any]:
        """Give the fields that programs fill in."""
        for each in form:
            if each.name not in (*OURS, *self.leaves) and not (self.several and NUMBERED.fullmatch(each.name)):
                yield each

    def schema(self) -> dict[str, Any]:
        """Describe the form in JSON Schema."""
        form = self.blank()
        parts = {each.name: _described(each) for each in self.asked(form)}
        needs = [each.name for each in self.asked(form) if _is_required(each) and each.data in (None, "", [])]
        if self.several:
            row = {name: _described(form[f"{name}_1"]) for name in self.row}
            for name in self.row_needs:
                row[name] |= {"pattern": r"\S"}
            parts[self.several] = {"type": "array", "maxItems": self.most, "items": {
                "type": "object", "properties": row, "required": list(self.row_needs), "additionalProperties": False}}
        return {"type": "object", "properties": parts, "required": needs, "additionalProperties": False}

    def filled(self) -> Form:
        """Return the form with what this request sent; what is no JSON or of another kind is refused here."""
        blank = self.blank()
        sent, wrong = MultiDict[str, str](), []
        for name, value in self._flat(_json()):
            known = name in blank and name not in (*OURS, *self.leaves)
            written = _written(blank[name], value) if known else None
            if written is None:
                wrong.append((self.place(name), UNFIT if known else NO_SUCH))
            elif written:
                sent.add(name, written)
        if wrong:
            raise Problem(422, errors=wrong)
        for each in self.asked(blank):
            if each.name not in sent and each.data not in (None, "", [], False):
                sent.add(each.name, str(each.data))
        sent.add("form_key", str(blank["form_key"].data))
        return self.form(formdata=sent, meta={"csrf": False})

    def _flat(self, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in body.items():
            if not self.several or name != self.several:
                yield ("?" if self.several and NUMBERED.fullmatch(name) else name), value
            elif not isinstance(value, list) or len(value) > self.most:
                yield f"{self.several}?", value
            else:
                for number, row in enumerate(value, 1):
                    for part, said in row.items() if isinstance(row, dict) else [("?", row)]:
                        yield f"{part if part in self.row else '?'}_{number}", said

    def place(self, name: str) -> str:
        """Name a field as programs know it."""
        found = NUMBERED.fullmatch(name)
        if self.several and found and found[1] in self.row:
            return f"{self.several}/{int(found[2]) - 1}/{found[1]}"
        return self.several if self.several and "?" in name else name

    def errors(self, form: Form) -> list[tuple[str, Any]]:
        """Return what is wrong, by the field; what belongs to none has no name."""
        found = [(self.place(each.name), sentence) for each in form for sentence in each.errors]
        return [*found, *(("", sentence) for sentence in form.form_errors)]


def _json() -> dict[str, Any]:
    """Read what was sent: an object of JSON, and not endless."""
    request = flask.request
    request.max_content_length = LONGEST
    if request.mimetype != JSON:
        raise Problem(415)
    try:
        body = request.get_json()
    except BadRequest:
        raise Problem(400) from None
    if not isinstance(body, dict):
        raise Problem(422)
    return body


def _is_required(each: Any) -> bool:
    return any(isinstance(check, Required) for check in each.validators)


def _described(each: Any) -> dict[str, Any]:
    known = _kind(each)
    for check in each.validators:
        if isinstance(check, Length) and check.largest:
            known["maxLength"] = check.largest
        if isinstance(check, Between):
            known |= {"minimum": check.smallest, "maximum": check.largest}
    if _is_required(each) and known == known | {"type": "string"} and "enum" not in known and "format" not in known:
        known["pattern"] = r"\S"
    said = f"{each.label.text} {each.description or ''}".strip()
    return known | {"description": said}


def _kind(each: Any) -> dict[str, Any]:
    if isinstance(each, DayField):
        return {"type": "string", "format": "date"}
    if isinstance(each, NumberField):
        return {"type": "integer"}
    if isinstance(each, CheckField):
        return {"type": "boolean"}
    if isinstance(each, ChoiceField):
        return {"type": "string", "enum": [choice.value for choice in each.iter_choices() if choice.value != ""]}
    return {"type": "string"}


def _written(each: Any, value: Any) -> str | None:
    """Write a value as a browser would; None for one of another kind, nothing where a browser would send nothing."""
    if isinstance(each, CheckField):
        return ("y" if value else "") if isinstance(value, bool) else None
    if isinstance(each, NumberField):
        is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
        return str(int(value)) if is_whole else None
    if not isinstance(value, str):
        return None
    if isinstance(each, DayField):
        return value if DAY.fullmatch(value) else None
    is_text = isinstance(each, wtforms.StringField | ChoiceField)
    return value if is_text else None
