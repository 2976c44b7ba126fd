"""Log lines as JSON, one object each, without personal data."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# PostgreSQL quotes the row, or the statement with its values, in the details of an error: an e-mail
# address, say. A text in a row may have lines of its own, so all is left out up to the next error.
_DETAILS = re.compile(
    r"^(DETAIL|CONTEXT|PARAMETERS|LINE \d+):.*?"
    r"(?=\n\n(?:The above exception was the direct cause|During handling of the above exception)"
    r"[^\n]*:\n\nTraceback |\Z)",
    re.MULTILINE | re.DOTALL,
)
_QUERY = re.compile(r"\?\S*")


class JsonLines(logging.Formatter):
    """Time, level, logger and message; of an exception its type and where it came from.

    Queries of addresses are cut off, because people search for names, and so are the rows that
    PostgreSQL tells of.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == "granian.access" and isinstance(record.args, dict):
            line |= {key: record.args[key] for key in ("method", "path", "status")}
            line["milliseconds"] = round(float(str(record.args["dt_ms"])), 3)
        else:
            line["message"] = self._without_personal_data(record.getMessage())
        if record.exc_info:
            line["exception"] = self._without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)

    def _without_personal_data(self, text: str) -> str:
        return _QUERY.sub("", _DETAILS.sub("", text)).rstrip()
