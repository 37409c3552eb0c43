"""The recovery sheet: one page to print: the code in large groups and as a QR picture, and what it is for."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from wallet.model.errors import VaultError
from wallet.operations.recovery import recovery_qr

from .qr_view import modules_of
from .theme import font
from .tokens import TextStyle

_DPI = 300
_QR_PX = 520  # 44 mm: a phone reads it from the paper
GROUPS_PER_LINE = 3


def groups_of(recovery_code: str) -> tuple[str, ...]:
    """Return the groups of a recovery code as they are printed."""
    return tuple(recovery_code.replace("-", " ").split())


def sheet_pdf(recovery_code: str) -> bytes:
    """Return the sheet as a PDF. The page names no person, no folder and no date."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setCreator("")
    writer.setTitle(QCoreApplication.translate("RecoverySheet", "Recovery sheet"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(22, 22, 22, 22), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    _paint(painter, groups_of(recovery_code), _picture(recovery_code))
    painter.end()
    buffer.close()
    return bytes(store.data())


def _picture(recovery_code: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code's modules; none for what is no code."""
    try:
        return modules_of(QImage.fromData(recovery_qr(recovery_code)[0].png))
    except VaultError:
        return ()


def _paint(painter: QPainter, groups: tuple[str, ...], modules: tuple[tuple[bool, ...], ...]) -> None:
    translate = QCoreApplication.translate
    width = painter.viewport().width()
    top = _text(painter, 0, width, translate("RecoverySheet", "Recovery sheet"), TextStyle.DISPLAY)
    top = _text(painter, top + 60, width, translate(
        "RecoverySheet", "This code opens your wallet if you forget the passphrase. Keep this page where you "
        "keep important papers, away from the computer."), TextStyle.BODY)
    top = _code(painter, top + 140, width, groups)
    top = _qr(painter, top + 40, modules)
    for text in (
            translate("RecoverySheet", "Whoever has this page and a copy of your wallet can open it."),
            translate("RecoverySheet", "We cannot reset it: without passphrase and without this page, nobody "
                      "can open the wallet."),
            translate("RecoverySheet", "To use it: open the wallet, choose “Use my recovery sheet”, and type "
                      "the groups in this order.")):
        top = _text(painter, top + 50, width, text, TextStyle.BODY)


def _text(painter: QPainter, top: int, width: int, text: str, style: TextStyle) -> int:
    painter.setFont(QFont(font(style)))
    box = QRectF(0, top, width, 10_000)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    used = painter.boundingRect(box, flags, text)
    painter.drawText(used, flags, text)
    return round(used.bottom())


def _qr(painter: QPainter, top: int, modules: tuple[tuple[bool, ...], ...]) -> int:
    if not modules:
        return top
    step = _QR_PX // len(modules)
    for y, line in enumerate(modules):
        for x, dark in enumerate(line):
            if dark:
                painter.fillRect(x * step, top + y * step, step, step, QColor(Qt.GlobalColor.black))
    return top + step * len(modules) + 40


def _code(painter: QPainter, top: int, width: int, groups: tuple[str, ...]) -> int:
    painter.setFont(font(TextStyle.MONO))
    large = painter.font()
    large.setPointSizeF(18)
    painter.setFont(large)
    cell_width, cell_height = width // GROUPS_PER_LINE, 200
    for index, group in enumerate(groups):
        x, y = index % GROUPS_PER_LINE * cell_width, top + index // GROUPS_PER_LINE * cell_height
        painter.drawText(QRectF(x, y, cell_width, cell_height), Qt.AlignmentFlag.AlignVCenter, group)
    lines = -(-len(groups) // GROUPS_PER_LINE)
    return top + lines * cell_height + 80
