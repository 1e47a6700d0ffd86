"""The second start of the program raises the window of the first one and hands over its files."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 500


class SingleInstance(QObject):
    """``claim`` is True for the first start; later starts deliver their paths to its ``raised`` signal."""

    raised = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server: QLocalServer | None = None

    def claim(self, paths: list[Path]) -> bool:
        """True when this process is the first; else the first one has been called and this one should end."""
        if self._call_first(paths):
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        return self._server.listen(self._name)

    def release(self) -> None:
        """Let another process be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _call_first(self, paths: list[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(json.dumps([str(path.absolute()) for path in paths]).encode())
        socket.flush()
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return True

    @Slot()
    def _answer(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
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
        self.raised.emit([Path(path) for path in paths if isinstance(path, str)])
        socket.deleteLater()
