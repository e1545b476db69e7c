"""Questions that only a round asks: lists of percentages, of days, and of lines."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.widgets import TextInput

from incubator.foundation.digits import western
from incubator.foundation.fields import LongTextField, TextField


class PercentagesField(TextField):
    """Whole percentages, written with commas: 50, 40, 10."""

    widget = TextInput()
    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = valuelist[0] if valuelist else ""
        parts = [part.strip() for part in western(text).replace("/", ",").split(",")]
        if any(not (part.isdecimal() and len(part) <= 3) for part in parts):
            raise ValueError(_l("Please write whole percentages with commas, like 50, 40, 10."))
        self.data = [int(part) for part in parts]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(str(part) for part in self.data or ())


class DaysField(TextField):
    """Numbers of days, written with commas: 30, 7. Nothing means never."""

    widget = TextInput()
    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        text = western(valuelist[0] if valuelist else "").strip(" ,")
        parts = [part.strip() for part in text.split(",")] if text else []
        if any(not (part.isdecimal() and len(part) <= 4) for part in parts):
            raise ValueError(_l("Please write whole numbers of days with commas, like 30, 7."))
        self.data = sorted({int(part) for part in parts}, reverse=True)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(str(day) for day in self.data or ())


class LinesField(LongTextField):
    """One thing in each line; empty lines count as not written."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = [" ".join(line.split()) for line in self.data.split("\n") if line.strip()]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or ())
