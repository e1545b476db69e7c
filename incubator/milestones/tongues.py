"""Languages people write news in: more than the pages speak, each by its own name."""

from typing import Any

from incubator.foundation import language

TONGUES = (
    ("de", "Deutsch"), ("en", "English"), ("tr", "Türkçe"), ("ar", "العربية"), ("ru", "Русский"), ("uk", "Українська"),
    ("pl", "Polski"), ("fr", "Français"), ("fa", "فارسی"), ("sq", "Shqip"), ("am", "አማርኛ"), ("bs", "Bosanski"),
    ("bg", "Български"), ("zh", "中文"), ("el", "Ελληνικά"), ("hi", "हिन्दी"), ("it", "Italiano"), ("hr", "Hrvatski"),
    ("ku", "Kurmancî"), ("ckb", "کوردیی ناوەندی"), ("lt", "Lietuvių"), ("nl", "Nederlands"), ("ps", "پښتو"),
    ("pt", "Português"), ("ro", "Română"), ("sr", "Српски"), ("so", "Soomaali"), ("es", "Español"), ("ta", "தமிழ்"),
    ("ti", "ትግርኛ"), ("ur", "اردو"), ("vi", "Tiếng Việt"),
)
CODES = frozenset(code for code, _name in TONGUES)


def own() -> str:
    """Return the language of the page somebody writes on, the one they read just now; easy German is German."""
    code = language.current().code.partition("-")[0]
    return code if code in CODES else "de"


def choices(*more: str) -> list[Any]:
    """Return the choices for a form, with languages that stand in a row already."""
    return [*TONGUES, *((code, code) for code in dict.fromkeys(more) if code not in CODES)]
