"""Names in a letter keep to themselves: a German title in an Arabic sentence takes none of its signs along."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from jinja2 import pass_context
from jinja2.runtime import Context

from incubator.foundation import language
from incubator.foundation.directions import apart


def _keeping(translate: str) -> Callable[..., str]:
    @pass_context
    def said(context: Context, *given: Any, **values: Any) -> str:
        here = language.current()
        kept = {name: apart(value, here) if isinstance(value, str) else value for name, value in values.items()}
        translated: Any = current_app.jinja_env.globals[translate]
        return str(translated(context.eval_ctx, *given, **kept))

    return said


SAID = {"_": _keeping("gettext"), "gettext": _keeping("gettext"), "ngettext": _keeping("ngettext")}
