"""Points as people write them."""

from decimal import Decimal

from babel.numbers import format_decimal

from incubator.foundation import language


def points(milli: int | None) -> str:
    """Write thousandths of a point in the reader's language, always with three places."""
    if milli is None:
        return "–"
    return str(format_decimal(Decimal(milli) / 1000, format="0.000", locale=language.current().babel))
