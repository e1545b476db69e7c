"""One row of the table of figures, in a shape that people and `tools/bench.py` read."""

MARK = "figure | "


def say(what: str, figure: str, bar: str, met: bool | None = None) -> None:
    """Print a row; `met` is None where the bar is not asked of this machine."""
    sign = {True: "met", False: "missed", None: "not asked here"}[met]
    print(f"{MARK}{what} | {bar} | {figure} | {sign}", flush=True)
