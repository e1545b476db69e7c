"""Points as people write them."""

from decimal import Decimal

from babel.numbers import format_decimal

from incubator.foundation import language


def points(milli: int | None) -> str:
    """Write thousandths of a point as the reader's language writes numbers, with two places at most.

    Three places would be read as thousands: “4,600” in German.
    """
    if milli is None:
        return "–"
    return str(format_decimal(Decimal(milli) / 1000, format="0.##", locale=language.current().babel))
