"""Printing page by page as pictures of at most 300 dots per inch: what old office printers take."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from imc_desktop.domain.errors import EnvironmentProblem

MOST_DPI = 300


def print_pages(document: QPdfDocument, printer: QPrinter, first: int = 1, last: int = 0) -> int:
    """Print pages (from 1; ``last`` 0 = to the end); how many were printed. Each page lies as the paper does."""
    pages = range(max(1, first) - 1, min(last or document.pageCount(), document.pageCount()))
    painter = QPainter()
    for number, page in enumerate(pages):
        _turn(printer, document, page)
        if number == 0 and not painter.begin(printer):
            raise EnvironmentProblem("Принтер не отвечает. Проверьте, включён ли он, и повторите.")
        if number and not printer.newPage():
            painter.end()
            raise EnvironmentProblem(f"Принтер остановился на странице {page + 1}. Проверьте бумагу и повторите.")
        _draw(document, page, painter, printer)
    if painter.isActive():
        painter.end()
    return len(pages)


def write_pdf(path: Path, pdf: bytes) -> None:
    """Whole or not at all: an older file of the name stays until the new one is complete."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _turn(printer: QPrinter, document: QPdfDocument, page: int) -> None:
    size = document.pagePointSize(page)
    lying = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)


def _draw(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    points = document.pagePointSize(page)
    dots = min(MOST_DPI, printer.resolution()) / 72
    picture = document.render(page, QSize(round(points.width() * dots), round(points.height() * dots)))
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    printable = printer.pageLayout().paintRectPixels(printer.resolution())
    whole = QRectF(-printable.x(), -printable.y(), paper.width(), paper.height())
    if printer.fullPage():
        whole = QRectF(0, 0, paper.width(), paper.height())
    painter.drawImage(whole, picture)
