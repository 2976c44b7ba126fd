"""Two web units behind one nginx: one after the other is stopped and started, nobody notices."""

import re
import subprocess
import threading
from http.server import ThreadingHTTPServer

import pytest

from tests.deploy.test_proxy import (
    NGINX,
    OPENSSL,
    Echo,
    Proxy,
    configured,
    free_port,
    open_folder,
    wait_for,
)

pytestmark = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx and openssl are not installed: the proxy is NOT TESTED"
)


def unit(port: int) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", port), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def stop(server: ThreadingHTTPServer) -> None:
    server.shutdown()
    server.server_close()


def test_units_that_are_renewed_one_after_the_other_drop_nothing(tmp_path_factory) -> None:
    folder = open_folder(tmp_path_factory, "units")
    ports = [free_port(), free_port()]
    path, _http, https = configured(folder, ports[0])
    # As docs/deployment.md says: the same line once more, with the other port.
    twice = re.sub(
        rf"( *server 127\.0\.0\.1:){ports[0]}(.*\n)",
        lambda line: line[0] + f"{line[1]}{ports[1]}{line[2]}",
        path.read_text("utf-8"),
    )
    path.write_text(twice, "utf-8")
    assert f"127.0.0.1:{ports[1]}" in twice
    units = [unit(port) for port in ports]
    process = subprocess.Popen([NGINX, "-c", path], stderr=subprocess.DEVNULL)
    try:
        wait_for(https)
        proxy = Proxy(0, https, folder / "access.log")
        said = []
        for number, port in enumerate(ports):
            stop(units[number])
            said += [proxy.ask("/sv/")[0].status for _time in range(4)]
            units[number] = unit(port)
            said += [proxy.ask("/sv/")[0].status for _time in range(4)]
        assert said == [200] * 16
    finally:
        process.terminate()
        process.wait(10)
        for server in units:
            stop(server)
