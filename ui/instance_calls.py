"""Talking between two starts of the program; apart, because the network part of Qt comes after the window."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 500
TRIES, PAUSE_S = 6, 0.1  # the first start answers a moment after its window has appeared


def call_first(name: str, paths: list[Path]) -> bool:
    """Hand paths to the first start; False when nobody answers."""
    socket = QLocalSocket()
    for _ in range(TRIES):
        socket.connectToServer(name)
        if socket.waitForConnected(WAIT_MS):
            break
        time.sleep(PAUSE_S)
    else:
        return False
    socket.write(json.dumps([str(path.absolute()) for path in paths]).encode())
    socket.flush()
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True


class Listener(QObject):
    """Answers later starts; ``told`` is given their paths."""

    def __init__(self, name: str, told: Callable[[list[Path]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._told = told
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(name)

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.close()

    @Slot()
    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(self._read)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        try:
            paths = json.loads(bytes(socket.readAll().data()) or b"[]")
        except ValueError:
            paths = []
        self._told([Path(path) for path in paths if isinstance(path, str)])
        socket.deleteLater()
