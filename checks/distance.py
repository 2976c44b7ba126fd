"""A network between a browser and the portal on the same machine: what is sent takes its time."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ONE_WAY = 0.020  # seconds; there and back 40 ms, as on a mobile network within the country


@contextmanager
def at_a_distance(port: int) -> Iterator[int]:
    """Yield a port that leads to the portal's own with a delay each way.

    On one machine a file can come before a page has been drawn for the first time, which on no
    network it could; Lighthouse then counts it among what the first picture waits for.
    """
    loop = asyncio.new_event_loop()
    # Beside a browser under Playwright, whose own loop runs in this thread.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(
        asyncio.start_server(lambda *ends: _carry(port, *ends), "127.0.0.1", 0), loop
    ).result()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end() -> None:
    under_way = asyncio.all_tasks() - {asyncio.current_task()}
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)


async def _carry(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_late(reader, back), _late(there, writer))


async def _late(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Hand each piece on when it has been on its way for so long; the pieces overlap."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while piece := await source.read(1 << 16):
            loop.call_later(ONE_WAY, target.write, piece)
    loop.call_later(ONE_WAY, target.close)
