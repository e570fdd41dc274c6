"""Web servers that tests download from, in a thread of their own."""

import contextlib
import socketserver
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path


def encrypt(server: socketserver.TCPServer, certificate: tuple[Path, Path]) -> None:
    """Has the server speak TLS alone, with this certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)


@contextlib.contextmanager
def running(server: socketserver.TCPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
