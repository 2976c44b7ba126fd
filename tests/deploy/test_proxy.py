"""The proxy's configuration, run by a real nginx in front of a server that says what it got."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from foundation.translations.catalogues import CHECKOUT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""
OPENSSL = shutil.which("openssl") or ""
NAME = "portal.example.fi"

pytestmark = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx and openssl are not installed: the proxy is NOT TESTED"
)


handed_over: list[str] = []  # addresses of the forms that have reached the portal


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that reached it."""

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, **dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        handed_over.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


class Proxy:
    """Where nginx listens, and how to ask it."""

    def __init__(self, http: int, https: int, log: Path) -> None:
        self.http, self.https, self.log = http, https, log

    def ask(
        self, path: str, method: str = "GET", secure: bool = True, body: bytes = b"", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection: http.client.HTTPConnection
        if secure:
            context = ssl._create_unverified_context()
            connection = http.client.HTTPSConnection("127.0.0.1", self.https, context=context)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.http)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body or None, {"Host": NAME, **named})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def upstream() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def configured(folder: Path, upstream: int) -> tuple[Path, int, int]:
    """The configuration with the places, ports and paths of a test; what nginx says of it is good.

    Nothing but ports and paths is another than in production.
    """
    http_port, https_port = free_port(), free_port()
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={NAME}"),
            *("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    replaced = {
        "/etc/nginx/tls": str(folder),
        "/opt/portal/staticfiles": str(folder / "static"),
        "/opt/portal": str(folder),
        "/dev/stdout": str(folder / "access.log"),
        "/dev/stderr": str(folder / "error.log"),
        "listen 8080": f"listen 127.0.0.1:{http_port}",
        "listen 8443": f"listen 127.0.0.1:{https_port}",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
    }
    (folder / "deploy/nginx").mkdir(parents=True)
    shutil.copy(CHECKOUT / "deploy/nginx/away.html", folder / "deploy/nginx")
    texts = []
    for name in ("upstream.conf", "portal.conf"):
        text = (CHECKOUT / "deploy/nginx" / name).read_text("utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        texts.append(text)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = "types { text/html html; text/css css; }"
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; pid {folder / 'pid'}; error_log {folder / 'start.log'}; events {{}}\n"
        f"http {{ {types} {temporary}\n{''.join(texts)} }}",
        "utf-8",
    )
    return path, http_port, https_port


def open_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that nginx' workers can read, which are another account where tests run as root."""
    folder = tmp_path_factory.mktemp(name)
    own = {Path(tempfile.gettempdir()), *Path(tempfile.gettempdir()).parents}
    for one in (folder, *folder.parents):
        if one in own:
            break
        one.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, upstream: int) -> Iterator[Proxy]:
    folder = open_folder(tmp_path_factory, "proxy")
    static = folder / "static"
    static.mkdir()
    for name in ("site.css", "site.0123456789ab.css"):
        (static / name).write_text("body {}")
        (static / f"{name}.gz").write_bytes(b"compressed beforehand")
    path, http_port, https_port = configured(folder, upstream)
    tested = subprocess.run([NGINX, "-t", "-c", path], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen([NGINX, "-c", path], stderr=subprocess.DEVNULL)
    wait_for(https_port)
    yield Proxy(http_port, https_port, folder / "access.log")
    process.terminate()
    process.wait(10)


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def test_page_reaches_the_portal_with_its_host_and_scheme(proxy: Proxy) -> None:
    answer, body = proxy.ask("/sv/?q=1")
    got = json.loads(body)
    assert answer.status == 200
    assert (got["path"], got["Host"], got["X-Forwarded-Proto"]) == ("/sv/?q=1", NAME, "https")


def test_client_cannot_say_where_it_comes_from_or_how(proxy: Proxy) -> None:
    _answer, body = proxy.ask(
        "/sv/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
    )
    got = json.loads(body)
    assert got["X-Forwarded-For"] == "127.0.0.1"
    assert got["X-Forwarded-Proto"] == "https"
    assert not {"X-Forwarded-Host", "X-Real-IP", "Forwarded"} & got.keys()
    assert "203.0.113.9" not in body.decode()


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    answer, _body = proxy.ask("/sv/teman/?x=1", secure=False)
    assert answer.status == 308
    assert answer.headers["Location"] == f"https://{NAME}/sv/teman/?x=1"


def test_another_name_is_not_answered(proxy: Proxy) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        proxy.ask("/sv/", Host="evil.example")


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/static/site.css", "public, max-age=3600"),
        ("/static/site.0123456789ab.css", "public, max-age=31536000, immutable"),
    ],
)
def test_static_file_is_served_compressed_beforehand(proxy: Proxy, path: str, kept: str) -> None:
    answer, body = proxy.ask(path, Accept_Encoding="gzip")
    assert body == b"compressed beforehand"
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert proxy.ask(path)[1] == b"body {}"


@pytest.mark.parametrize("path", ["/static/../nginx.conf", "/static/%2e%2e/privkey.pem"])
def test_nothing_beside_the_static_files_is_served(proxy: Proxy, path: str) -> None:
    answer, body = proxy.ask(path)
    assert b"PRIVATE" not in body
    assert b"daemon" not in body
    assert answer.status in (200, 400, 404)  # 200: it was another path, and the portal's


def test_readiness_is_nobody_elses_business(proxy: Proxy) -> None:
    assert proxy.ask("/readyz")[0].status == 404


def test_body_that_is_too_large_is_refused_but_where_files_are_handed_in(proxy: Proxy) -> None:
    large = b"x" * 4_000_000
    assert proxy.ask("/sv/kontakt/", "POST", body=large)[0].status == 413
    for path in ("/admin/x/", "/sv/natverket/x/", "/fi/verkosto/x/"):
        assert proxy.ask(path, "POST", body=large)[0].status == 200


def begin_to_send(port: int, path: str) -> ssl.SSLSocket:
    """A form of 100 bytes, of which the client sends 10."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=30)
    sent = ssl._create_unverified_context().wrap_socket(plain, server_hostname=NAME)
    head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\nContent-Length: 100"
    sent.sendall(f"{head}\r\n\r\n{'x' * 10}".encode())
    return sent


def test_form_reaches_the_portal_when_it_is_whole(proxy: Proxy) -> None:
    """The portal's threads are few: none of them waits for a slow client."""
    with begin_to_send(proxy.https, "/sv/respons/?slowly") as client:
        time.sleep(1)
        assert "/sv/respons/?slowly" not in handed_over
        client.sendall(b"x" * 90)
        assert client.recv(12) == b"HTTP/1.1 200"
    assert "/sv/respons/?slowly" in handed_over


def test_client_that_stops_sending_is_given_up(tmp_path_factory, upstream: int) -> None:
    folder = open_folder(tmp_path_factory, "slow")
    path, _http_port, https_port = configured(folder, upstream)
    text = path.read_text("utf-8")
    assert "client_body_timeout 30s;" in text
    path.write_text(text.replace("client_body_timeout 30s;", "client_body_timeout 1s;"), "utf-8")
    process = subprocess.Popen([NGINX, "-c", path], stderr=subprocess.DEVNULL)
    try:
        wait_for(https_port)
        with begin_to_send(https_port, "/sv/respons/?never") as client:
            while client.recv(4096):  # an answer or none: the proxy closes the connection
                pass
        assert "/sv/respons/?never" not in handed_over
    finally:
        process.terminate()
        process.wait(10)


def test_log_names_neither_who_asks_nor_what_for(proxy: Proxy) -> None:
    proxy.ask("/sv/sok/?q=hemligt-ord", User_Agent="Kalle", Referer="https://a.example/")
    deadline = time.monotonic() + 10
    while '"/sv/sok/"' not in (log := proxy.log.read_text("utf-8")):
        assert time.monotonic() < deadline, log
        time.sleep(0.05)
    line = json.loads(log.splitlines()[-1])
    assert line.keys() == {"time", "method", "path", "status", "bytes", "seconds"}
    assert not [part for part in ("127.0.0.1", "hemligt", "Kalle", "a.example") if part in log]


def test_portal_that_is_away_is_told_calmly_in_both_languages(tmp_path_factory) -> None:
    folder = open_folder(tmp_path_factory, "away")
    path, http_port, https_port = configured(folder, upstream=free_port())
    process = subprocess.Popen([NGINX, "-c", path], stderr=subprocess.DEVNULL)
    try:
        wait_for(https_port)
        answer, body = Proxy(http_port, https_port, folder).ask("/sv/")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "30"
        assert "strax tillbaka" in body.decode()
        assert "palaa pian" in body.decode()
    finally:
        process.terminate()
        process.wait(10)
