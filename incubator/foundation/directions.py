"""Words that run from right to left beside words that run from left to right, where no HTML holds them apart."""

import unicodedata

from incubator.foundation.language import Language

BEGIN, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
RUNS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def apart(text: str, spoken: Language) -> str:
    """Return a name held together where it runs otherwise than the language it stands in; links stay as they are."""
    if BEGIN in text or text.startswith("http"):
        return text
    runs = {RUNS[kind] for kind in map(unicodedata.bidirectional, text) if kind in RUNS}
    return f"{BEGIN}{text}{END}" if runs - {spoken.dir} else text
