"""A text in one of the colours of states, whatever scheme is chosen while it stands there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_tone(widget: QWidget, tone: str) -> None:
    """Show a label or a link in the colour ``ok``, ``soon``, ``bad``, ``secondary`` or ``text``; "" is its own one.

    The style sheet names the colours: a colour written into the widget would stay when the scheme changes.
    """
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
