"""What is traced, once somebody wants it. No address stands in a trace, and no value of a question: only its words."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import flask
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Tracer
from sqlalchemy import event
from sqlalchemy.engine import Engine

from incubator.foundation import request_ids

NAME = "incubator"
LONGEST_QUESTION = 2000


class Traced:
    """A WSGI layer: one span for each request, named like its page."""

    def __init__(self, inner: Callable[..., Any], tracer: Tracer, *, trusts: bool) -> None:
        self.inner, self.tracer, self.trusts = inner, tracer, trusts

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        above = {"traceparent": environ.get("HTTP_TRACEPARENT", "")} if self.trusts else {}
        with self.tracer.start_as_current_span(
            environ["REQUEST_METHOD"], propagate.extract(above), SpanKind.SERVER) as span:

            def noted(status: str, headers: list[tuple[str, str]], *trouble: Any) -> Any:
                span.set_attribute("http.response.status_code", int(status[:3]))
                if status[0] == "5":
                    span.set_status(trace.StatusCode.ERROR)
                return start(status, headers, *trouble)

            try:
                return self.inner(environ, noted)  # type: ignore[no-any-return]
            finally:
                now = request_ids.asked.get()
                route = (now and now.route) or "nowhere"
                span.update_name(f"{environ['REQUEST_METHOD']} {route}")
                span.set_attributes({"http.request.method": environ["REQUEST_METHOD"], "http.route": route,
                                     "incubator.request": now.number if now else ""})


def _trace_questions(tracer: Tracer) -> None:
    """Note questions to the database where they belong to something; the worker's looking around is none."""

    @event.listens_for(Engine, "before_cursor_execute")
    def begin(line: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if context is not None and trace.get_current_span().is_recording():
            context.span = tracer.start_span(statement.split(None, 1)[0].upper(), kind=SpanKind.CLIENT, attributes={
                "db.system.name": line.dialect.name, "db.query.text": statement[:LONGEST_QUESTION]})

    @event.listens_for(Engine, "after_cursor_execute")
    def end(line: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if (span := getattr(context, "span", None)) is not None:
            span.end()

    @event.listens_for(Engine, "handle_error")
    def fail(trouble: Any) -> None:
        if (span := getattr(trouble.execution_context, "span", None)) is not None:
            span.set_status(trace.StatusCode.ERROR, type(trouble.original_exception).__name__)
            span.end()


def _trace_jobs(tracer: Tracer) -> None:
    """Give a job a span below that of the request which woke it."""

    @contextmanager
    def around(name: str, meta: dict[str, Any]) -> Iterator[None]:
        above = {"traceparent": str(meta.get("traceparent", ""))}
        with tracer.start_as_current_span(
            name, propagate.extract(above), SpanKind.CONSUMER,
            attributes={"incubator.request": request_ids.current()}):
            yield

    request_ids.around.append(around)
    request_ids.added.append(propagate.inject)


def set_up(app: flask.Flask) -> None:
    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{app.config['OTLP_ENDPOINT']}/v1/traces")))
    tracer = provider.get_tracer(NAME)
    app.extensions["traces"] = provider
    app.wsgi_app = Traced(  # type: ignore[method-assign,assignment]
        app.wsgi_app, tracer, trusts=bool(app.config["PROXIES"]))
    _trace_questions(tracer)
    _trace_jobs(tracer)
