"""The one style sheet, made from the tokens: ground, border, radius, padding and states of Qt's widgets.

Keyed by dynamic properties (`kind`, `role`, `panel`, `level`, …) that the widget factories set. The ring
around the focused control is not possible here; `focus.py` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping

from wallet.model.report import Level

from .tokens import TYPES, Radius, TextStyle, Tokens

_TEXT_INK = {
    TextStyle.SMALL: "text_2",
    TextStyle.CAPTION: "text_3",
    TextStyle.CAPTION_STRONG: "text_2",
}


_FIXED_WIDTH = '"DejaVu Sans Mono", "Consolas", "Menlo", monospace'


def stylesheet(look: Tokens, points: Mapping[TextStyle, float], scale: float) -> str:
    """Return the style sheet of one theme.

    Args:
        look: The colours.
        points: Font size of each step of the type scale.
        scale: How much larger than usual the text is; control heights grow with it.
    """
    parts = (
        _grounds(look),
        _texts(look, points),
        _buttons(look, points, scale),
        _chips(look, points, scale),
        _fields(look, points, scale),
        _panels(look),
        _lists(look),
        _menus(look),
        _scroll_bars(look),
    )
    return "\n".join(parts)


def _size(px: float, scale: float) -> int:
    return round(px * max(scale, 1.0))


def _font(style: TextStyle, points: Mapping[TextStyle, float]) -> str:
    family = f" font-family: {_FIXED_WIDTH};" if style is TextStyle.MONO else ""
    return f"font-size: {points[style]:.2f}pt; font-weight: {TYPES[style].weight};{family}"


def _grounds(look: Tokens) -> str:
    return f"""
* {{ outline: 0; }}
QMainWindow, QDialog {{ background: {look.content}; }}
QWidget[ground="window"] {{ background: {look.window}; }}
QWidget[ground="content"] {{ background: {look.content}; }}
QWidget[ground="surface"] {{ background: {look.surface}; }}
QWidget[ground="none"] {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] {{ background: transparent; border: 0; }}
QLabel {{ background: transparent; color: {look.text}; }}
QLabel:disabled {{ color: {look.text_3}; }}
QToolTip {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.line_strong};
    padding: 4px 8px; }}
QFrame[line="h"] {{ background: {look.line}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame[line="v"] {{ background: {look.line}; border: 0; max-width: 1px; min-width: 1px; }}
"""


def _texts(look: Tokens, points: Mapping[TextStyle, float]) -> str:
    rules = []
    for style, step in TYPES.items():
        ink = getattr(look, _TEXT_INK.get(style, "text"))
        spacing = f" letter-spacing: {step.px * step.spacing / 100:.2f}px;" if step.spacing else ""
        rules.append(f'QLabel[role="{style.value}"] {{ color: {ink}; {_font(style, points)}{spacing} }}')
    inks = ("text", "text_2", "text_3", "accent_text", "good", "care", "problem", "unknown", "info")
    rules.extend(f'QLabel[ink="{ink}"] {{ color: {getattr(look, ink)}; }}' for ink in inks)
    rules.append('QLabel[ink="white"] { color: #FFFFFF; }')
    return "\n".join(rules)


def _buttons(look: Tokens, points: Mapping[TextStyle, float], scale: float) -> str:
    medium, large, small = (_size(px, scale) - 2 for px in (36, 44, 32))
    radius = Radius.CONTROL
    return f"""
QPushButton {{ {_font(TextStyle.CONTROL, points)} color: {look.text}; background: {look.surface};
    border: 1px solid {look.line_strong}; border-radius: {radius}px; padding: 0 14px;
    min-height: {medium}px; max-height: {medium}px; }}
QPushButton:hover {{ background: {look.hover}; }}
QPushButton:pressed {{ background: {look.selected}; }}
QPushButton:disabled {{ color: {_faded(look.text)}; }}
QPushButton[measure="large"] {{ min-height: {large}px; max-height: {large}px;
    border-radius: {Radius.ROW}px; padding: 0 20px; }}
QPushButton[measure="small"] {{ min-height: {small}px; max-height: {small}px; padding: 0 12px; }}
QPushButton[kind="primary"] {{ color: {look.on_accent}; background: {look.accent};
    border: 1px solid {look.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background: {look.accent_hover}; border-color: {look.accent_hover}; }}
QPushButton[kind="primary"]:disabled {{ color: {_faded(look.text)}; background: {look.hover};
    border-color: {look.line}; }}
QPushButton[kind="danger"] {{ color: {look.problem}; font-weight: 600; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {look.text_2};
    padding: 0 10px; }}
QPushButton[kind="quiet"]:hover {{ background: {look.hover}; }}
QPushButton[kind="quiet"]:pressed {{ background: {look.selected}; }}
QPushButton[kind="quiet"][measure="chip"] {{ min-height: {small - 2}px; max-height: {small - 2}px;
    {_font(TextStyle.CHIP, points)} }}
QPushButton[kind="link"] {{ background: transparent; border-color: transparent; padding: 0 2px;
    color: {look.accent_text}; {_font(TextStyle.CHIP, points)} }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="square"] {{ padding: 0; min-width: {medium}px; max-width: {medium}px; }}
QPushButton[kind="fold"] {{ background: transparent; border-color: transparent; color: {look.text_2};
    text-align: left; padding: 0 {Radius.CARD}px; min-height: {large - 2}px; max-height: {large - 2}px; }}
QPushButton[kind="fold"]:hover {{ background: {look.hover}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[nav="true"] {{ {_font(TextStyle.CONTROL, points)} color: {look.text_2};
    background: transparent; border: 0; border-radius: {radius}px; padding: 0 10px; text-align: left;
    min-height: {_size(36, scale)}px; max-height: {_size(36, scale)}px; }}
QToolButton[nav="true"]:hover {{ background: {look.hover}; }}
QToolButton[nav="true"]:checked {{ background: {look.selected}; color: {look.accent_text};
    font-weight: 600; }}
QToolButton[nav="true"]:disabled {{ color: {_faded(look.text_2)}; }}
QToolButton[segment="true"] {{ background: transparent; border: 0; border-radius: {Radius.TAG}px;
    color: {look.text_2}; {_font(TextStyle.CHIP, points)}
    min-height: {_size(30, scale)}px; max-height: {_size(30, scale)}px;
    min-width: {_size(36, scale)}px; }}
QToolButton[segment="true"]:hover {{ background: {look.hover}; }}
QToolButton[segment="true"]:checked {{ background: {look.selected}; color: {look.accent_text};
    font-weight: 600; }}
"""


def _chips(look: Tokens, points: Mapping[TextStyle, float], scale: float) -> str:
    height = _size(30, scale)
    inner = height - 2
    shape = (f"border-radius: {height // 2}px; padding: 0 12px; "
             f"min-height: {inner}px; max-height: {inner}px;")
    return f"""
QPushButton[kind="chip"] {{ {_font(TextStyle.CHIP, points)} {shape} color: {look.text_2};
    background: {look.surface}; border: 1px solid {look.line_strong}; }}
QPushButton[kind="chip"]:hover {{ background: {look.hover}; }}
QPushButton[kind="chip"]:checked {{ background: {look.accent_soft}; color: {look.accent_text};
    border-color: {look.accent}; font-weight: 600; }}
QLabel[tag="true"] {{ {_font(TextStyle.CHIP, points)} {shape} color: {look.text_2};
    background: {look.surface}; border: 1px solid {look.line_strong}; }}
"""


def _fields(look: Tokens, points: Mapping[TextStyle, float], scale: float) -> str:
    height = _size(36, scale) - 2
    large = _size(46, scale) - 2
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox {{ {_font(TextStyle.BODY, points)}
    color: {look.text}; background: {look.field}; border: 1px solid {look.control};
    border-radius: {Radius.CONTROL}px; padding: 0 10px;
    selection-background-color: {look.accent}; selection-color: {look.on_accent}; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox {{ min-height: {height}px; max-height: {height}px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {look.text_3}; }}
QLineEdit[measure="large"] {{ min-height: {large}px; max-height: {large}px; }}
QPlainTextEdit {{ padding: 6px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{
    border: 2px solid {look.accent}; padding: 0 9px; }}
QPlainTextEdit:focus {{ padding: 5px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {look.problem}; padding: 0 9px; }}
QLineEdit:disabled {{ color: {_faded(look.text)}; border-color: {look.line_strong}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: 26px; }}
QComboBox QAbstractItemView {{ background: {look.raised}; color: {look.text};
    border: 1px solid {look.line_strong}; selection-background-color: {look.selected};
    selection-color: {look.accent_text}; }}
QCheckBox, QRadioButton {{ {_font(TextStyle.BODY, points)} spacing: 8px; color: {look.text}; }}
QProgressBar {{ background: {look.line}; border: 0; border-radius: 4px; min-height: 8px;
    max-height: 8px; }}
QProgressBar::chunk {{ background: {look.accent}; border-radius: 4px; }}
"""


def _panels(look: Tokens) -> str:
    panels = f"""
QFrame[panel="true"] {{ background: {look.surface}; border: 1px solid {look.line};
    border-radius: {Radius.PANEL}px; }}
QFrame[panel="card"] {{ background: {look.surface}; border: 1px solid {look.line};
    border-radius: {Radius.CARD}px; }}
QFrame[panel="tile"] {{ background: {look.accent_soft}; border: 0; border-radius: {Radius.ROW}px; }}
QFrame[panel="paper"] {{ background: {look.paper}; border: 0; border-radius: {Radius.ROW}px; }}
QFrame[panel="drop"] {{ background: transparent; border: 2px dashed {look.line_strong};
    border-radius: {Radius.CARD}px; }}
QFrame[panel="drop"][hovered="true"] {{ background: {look.accent_soft};
    border: 2px solid {look.accent}; }}
QFrame[segments="true"] {{ background: {look.surface}; border: 1px solid {look.line_strong};
    border-radius: {Radius.CONTROL}px; }}"""
    return panels + "".join(_tints(look, level) for level in Level)


def _tints(look: Tokens, level: Level) -> str:
    return f"""
QFrame[notice="{level.value}"] {{ background: {look.tint(level)}; border: 0;
    border-radius: {Radius.PANEL}px; }}
QFrame[verdict="{level.value}"] {{ background: {look.tint(level)}; border: 0;
    border-top-left-radius: {Radius.CARD - 1}px; border-top-right-radius: {Radius.CARD - 1}px; }}"""


def _lists(look: Tokens) -> str:
    return f"""
QAbstractItemView {{ background: transparent; border: 0; color: {look.text};
    selection-background-color: {look.selected}; selection-color: {look.accent_text}; }}
QTreeView::item, QTableView::item {{ min-height: 28px; padding: 2px 6px; }}
QTreeView::item:hover, QTableView::item:hover {{ background: {look.hover}; }}
QTreeView::item:selected, QTableView::item:selected {{ background: {look.selected};
    color: {look.accent_text}; }}
QHeaderView::section {{ background: {look.surface}; color: {look.text_2}; border: 0;
    border-bottom: 1px solid {look.line}; padding: 6px; }}
"""


def _menus(look: Tokens) -> str:
    return f"""
QMenu {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.line_strong};
    padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {Radius.TAG}px; }}
QMenu::item:selected {{ background: {look.selected}; color: {look.accent_text}; }}
QMenu::item:disabled {{ color: {_faded(look.text)}; }}
QMenu::separator {{ height: 1px; background: {look.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
"""


def _scroll_bars(look: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {look.line_strong}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {look.control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 45%)"
