"""What is asked before a list is put in force: where it is, what to call it, the key of those who seal it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from .form import FormDialog, add_field


class ListForm(FormDialog):
    """The form.

    Signals:
        given: Address ("" for a file), name and key, as typed.
    """

    given = Signal(str, str, str)

    def __init__(self, title: str, address_label: str, name: str, parent: QWidget | None = None) -> None:
        """Ask for a list.

        Args:
            title: Of the dialog.
            address_label: What to call the address; "" where none is asked for.
            name: What the list is called if nothing is typed.
            parent: Its parent.
        """
        super().__init__(title, self.tr(
            "If those who keep the list seal it, it is taken only with their key: ask them for it. A list "
            "without a seal is taken as it is, by your word."), self.tr("Go on…"), name="list_dialog",
            parent=parent)
        self._address = add_field(self.body, address_label, "list_address_field") if address_label else None
        self._name = add_field(self.body, self.tr("Name (may be empty)"), "list_name_field")
        self._name.setText(name)
        self._key = add_field(self.body, self.tr("Key of those who seal it (may be empty)"), "list_key_field")
        if self._address is not None:
            self._address.textChanged.connect(self.arrange)
        self.wished.connect(self._on_wished)
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether there is an address, where one is asked for."""
        return self._address is None or bool(self._address.text().strip())

    def _on_wished(self) -> None:
        address = self._address.text().strip() if self._address is not None else ""
        self.accept()
        self.given.emit(address, self._name.text().strip(), self._key.text().strip())
