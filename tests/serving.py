"""A real server with its worker, as `make run` starts them, on an installation of its own."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HOME = Path(__file__).parents[1]
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Visitor:
    """Somebody signed in, over plain HTTP; no answer counts as 0."""

    def __init__(self, port: int, session: str) -> None:
        self._port, self._cookie, self._token = port, f"session={session}", ""
        # The last page, and where the last answer led.
        self.page = self.led_to = ""

    def opens(self, path: str) -> "Visitor":
        """Open a page; its token is sent from now on."""
        self.page = self._ask("GET", path, {})[1]
        found = TOKEN.search(self.page)
        assert found is not None
        self._token = found[1]
        return self

    def post(self, path: str, fields: dict[str, Any]) -> int:
        """The status of the answer to a form."""
        try:
            return self._ask("POST", path, {"csrf_token": self._token, **fields})[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _ask(self, method: str, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        talk = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        form = "application/x-www-form-urlencoded"
        headers = {"Cookie": self._cookie, "Content-Type": form}
        try:
            talk.request(method, path, urlencode(fields, doseq=True), headers)
            answer = talk.getresponse()
            if cookie := answer.getheader("Set-Cookie"):
                self._cookie = cookie.partition(";")[0]
            self.led_to = answer.getheader("Location") or ""
            return answer.status, answer.read().decode()
        finally:
            talk.close()


class Server:
    """Web and worker process of one installation, as `make run` starts them."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.instance = Path(environ["INSTANCE"])
        self.environ = {**os.environ, **environ, "PORT": str(self.port), "PUBLIC_URL": self.url}
        self._log = (self.instance / "server.log").open("ab")
        self.start()

    def start(self) -> None:
        """Start both, in a group of their own, and wait until they answer."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        self._process = subprocess.Popen(
            command,
            env=self.environ,
            cwd=HOME,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        self._wait_until_it_answers()

    def command(self, *words: str) -> str:
        """What `flask --app wsgi …` prints."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(
            command, env=self.environ, cwd=HOME, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def people(self) -> dict[str, dict[str, object]]:
        """The demo people by role, as the command prints them."""
        found = json.loads(self.command("demo", "people"))
        return {role: person for person in found for role in person["roles"]}

    def memory_peaks(self) -> int:
        """The most memory that the web processes ever held, in kB, one after another summed."""
        return sum(_peak(number) for number in self._group() if _is_web(number))

    def kill(self) -> None:
        """kill -9 to every process of the installation, as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Stop both processes the polite way."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        self._log.close()

    def _group(self) -> list[int]:
        numbers = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
        return [number for number in numbers if _group_of(number) == self._process.pid]

    def _wait_until_it_answers(self) -> None:
        limit = time.monotonic() + 90
        while time.monotonic() < limit:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):  # noqa: S310  ours
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError((self.instance / "server.log").read_text("utf-8"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _group_of(number: int) -> int:
    try:
        return os.getpgid(number)
    except ProcessLookupError:
        return 0


def _is_web(number: int) -> bool:
    return b"gunicorn" in Path(f"/proc/{number}/cmdline").read_bytes()


def _peak(number: int) -> int:
    status = Path(f"/proc/{number}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])
