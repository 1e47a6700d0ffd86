"""Qt's own words in Russian: standard buttons, menus of text fields, the calendar."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def speak_russian(app: QApplication) -> bool:
    """Install Qt's Russian texts and formats; False when the texts are not beside the library."""
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    translator = QTranslator(app)
    found = translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return found and app.installTranslator(translator)
