"""The mails that the worker sent, as somebody finds them."""

import re
import time
from email import message_from_bytes
from email.policy import default

from tests.serving import Server


def read_link(server: Server, email: str, start: str) -> str:
    """The address in a mail to somebody that leads to a page beginning so; the worker sends it."""
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        mails = (server.instance / "outbox").glob("*.eml")
        for path in sorted(mails, key=lambda kept: kept.stat().st_mtime_ns, reverse=True):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            found = re.search(rf"{start}[\w-]+", mail.get_content())
            if found and email in str(mail["To"]):
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail with {start} arrived")
