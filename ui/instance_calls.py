"""Talking between two starts of the program; apart, because the network part of Qt comes after the window."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 500
PAUSE_S = 0.05
_HEARD = b"+"


def call_first(name: str, paths: list[Path]) -> bool:
    """Hand paths to the first start; False when nobody took them: it is not listening yet, or is just closing."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        time.sleep(PAUSE_S)
        return False
    socket.write(json.dumps([str(path.absolute()) for path in paths]).encode() + b"\n")
    socket.flush()
    socket.waitForBytesWritten(WAIT_MS)
    heard = socket.waitForReadyRead(WAIT_MS) and bytes(socket.readAll().data()) == _HEARD
    socket.disconnectFromServer()
    return heard


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
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():  # it may have come before we listened to it
                self._take(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        try:
            paths = json.loads(bytes(socket.readLine().data()) or b"[]")
        except ValueError:
            paths = []
        socket.write(_HEARD)
        socket.flush()
        self._told([Path(path) for path in paths if isinstance(path, str)])
