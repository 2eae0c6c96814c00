"""Logs: readable lines in demo mode, JSON lines otherwise, always on standard error."""

import sys

import structlog


def install(*, is_demo: bool) -> None:
    """Set up structlog once per process."""
    last = structlog.dev.ConsoleRenderer(colors=False) if is_demo else _json()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _json() -> structlog.typing.Processor:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
