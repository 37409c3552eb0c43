"""Errands with the learner's own words and bundles: each is one act, and the last act can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from wallet.model.stored import StoredCredential
from wallet.operations import bundles, labels
from wallet.operations.bundles import KeptBundle
from wallet.operations.labels import Act, Labels, Undone
from wallet.operations.shelf import MOST_OFFERED, offered, rows_for
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.pick import PickDialog
from wallet.ui.ground import Ground
from wallet.ui.wording import counted


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Everything of the learner's own words that lists show.

    Attributes:
        labels: By the credential's id.
        tags: Each tag and on how many credentials it is.
        bundles: By name.
        items: What is in any of them, as kept.
    """

    labels: Mapping[str, Labels] = field(default_factory=dict)
    tags: tuple[tuple[str, int], ...] = ()
    bundles: tuple[KeptBundle, ...] = ()
    items: tuple[StoredCredential, ...] = ()


class OwnWordErrands(QObject):
    """Wishes about own words and bundles.

    Signals:
        facts_ready: `OwnFacts`, after every act.
        made: The id of a bundle that was just made.
    """

    facts_ready = Signal(object)
    made = Signal(str)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def show(self) -> None:
        """Look at all of them."""
        session = self._ground.session

        def work() -> OwnFacts:
            kept = bundles.bundles(session)
            items = dict.fromkeys(item for one in kept for item in one.items)
            return OwnFacts(labels.all_labels(session), labels.tags(session), kept,
                            rows_for(session, tuple(items)))

        self._ground.run(work, self.facts_ready.emit)

    def set_title(self, credential_id: str, title: str) -> None:
        """Give a credential a title of one's own."""
        session = self._ground.session
        said = self.tr("You call it “{title}” now.").format(title=title) if title else self.tr(
            "It has its own title again.")
        self._act(lambda: labels.set_title(session, credential_id, title), said)

    def set_note(self, credential_id: str, note: str) -> None:
        """Write a note on a credential."""
        session = self._ground.session
        self._act(lambda: labels.set_note(session, credential_id, note),
                  self.tr("The note is kept.") if note else self.tr("The note is removed."))

    def add_tag(self, ids: Sequence[str], tag: str) -> None:
        """Put a tag on credentials."""
        session, chosen = self._ground.session, tuple(ids)
        said = counted(len(chosen), "%n credential has the tag “{tag}”.",
                       "%n credentials have the tag “{tag}”.")
        self._act(lambda: labels.add_tags(session, chosen, (tag,)), said.replace("{tag}", tag))

    def remove_tag(self, credential_id: str, tag: str) -> None:
        """Take a tag off a credential."""
        session = self._ground.session
        self._act(lambda: labels.remove_tags(session, (credential_id,), (tag,)),
                  self.tr("The tag “{tag}” is removed.").format(tag=tag))

    def ask_tag(self, ids: Sequence[str]) -> None:
        """Ask for a tag for what is selected."""
        dialog = TextDialog(self.tr("Add a tag"),
                            counted(len(ids), "To %n credential.", "To %n credentials."), self.tr("Tag"),
                            self.tr("Add"), parent=self._ground.window.window())
        dialog.given.connect(dialog.accept)
        dialog.given.connect(lambda tag: self.add_tag(ids, tag))
        if ids:
            dialog.open()

    def undo(self) -> None:
        """Take the last act back, whichever of these it was."""
        ground = self._ground

        def done(undone: Undone) -> None:
            self.show()
            ground.say(self._undone(undone.act))

        ground.run(lambda: labels.undo(ground.session), done)

    # --- bundles ---

    def make_bundle(self, ids: Sequence[str] = ()) -> None:
        """Ask for a name and make a bundle."""
        ground, chosen = self._ground, tuple(ids)
        dialog = TextDialog(self.tr("New bundle"),
                            self.tr("What one employer or school should see. Making it shares nothing."),
                            self.tr("Name"), self.tr("Make it"), parent=ground.window.window())

        def done(made: KeptBundle) -> None:
            self._on_done(self.tr("The bundle “{name}” is made.").format(name=made.name))
            self.made.emit(made.id)

        dialog.given.connect(dialog.accept)
        dialog.given.connect(lambda name: ground.run(
            lambda: bundles.make_bundle(ground.session, name, chosen), done))
        dialog.open()

    def fill(self, bundle: KeptBundle) -> None:
        """Ask which credentials go into a bundle."""
        ground = self._ground

        def ask(others: Sequence[StoredCredential]) -> None:
            about = self.tr("These are the newest. Others are put in from the library: select them there, "
                            "then “Put into a bundle”.") if len(others) >= MOST_OFFERED else ""
            dialog = PickDialog(self.tr("Add to “{name}”").format(name=bundle.name), others,
                                ground.window.window(), about=about)
            dialog.given.connect(dialog.accept)
            dialog.given.connect(lambda ids: self.put_into(bundle.id, ids))
            dialog.open()

        without = frozenset(bundle.items)
        ground.run(lambda: offered(ground.session, (), without=without), ask)

    def put_into(self, named: str, ids: Sequence[str]) -> None:
        """Put what is selected into a bundle that is there."""
        session, chosen = self._ground.session, tuple(ids)
        self._act(lambda: bundles.add_to_bundle(session, named, chosen), counted(
            len(chosen), "%n credential is in the bundle now.", "%n credentials are in the bundle now."))

    def take_out(self, named: str, ids: Sequence[str]) -> None:
        """Take credentials out of a bundle."""
        session, chosen = self._ground.session, tuple(ids)
        self._act(lambda: bundles.remove_from_bundle(session, named, chosen),
                  self.tr("Taken out of the bundle. It stays in your wallet."))

    def reorder(self, named: str, ids: Sequence[str]) -> None:
        """Keep another order."""
        session, order = self._ground.session, tuple(ids)
        self._act(lambda: bundles.reorder_bundle(session, named, order), self.tr("The new order is kept."))

    def note_bundle(self, named: str, note: str) -> None:
        """Write a note on a bundle."""
        session = self._ground.session
        self._act(lambda: bundles.note_bundle(session, named, note), self.tr("The note is kept."))

    def rename_bundle(self, bundle: KeptBundle) -> None:
        """Ask for another name."""
        session = self._ground.session
        dialog = TextDialog(self.tr("Rename the bundle"), "", self.tr("Name"), self.tr("Rename"),
                            value=bundle.name, parent=self._ground.window.window())
        dialog.given.connect(dialog.accept)
        dialog.given.connect(lambda name: self._act(
            lambda: bundles.rename_bundle(session, bundle.id, name),
            self.tr("The bundle has its new name.")))
        dialog.open()

    def delete_bundle(self, named: str) -> None:
        """Remove a bundle; what is in it stays."""
        session = self._ground.session
        self._act(lambda: bundles.delete_bundle(session, named),
                  self.tr("The bundle is deleted. Its credentials stay in your wallet."))

    # --- doing ---

    def _act(self, work: Callable[[], object], said: str) -> None:
        self._ground.run(work, lambda _answer: self._on_done(said))

    def _on_done(self, said: str) -> None:
        self.show()
        self._ground.say(said, undo=self.undo)

    def _undone(self, act: Act) -> str:
        words = {
            Act.TITLED: self.tr("Taken back: the title."), Act.NOTED: self.tr("Taken back: the note."),
            Act.TAGGED: self.tr("Taken back: the tag that was added."),
            Act.UNTAGGED: self.tr("Taken back: the tag that was removed."),
            Act.BUNDLE_MADE: self.tr("Taken back: the new bundle."),
            Act.BUNDLE_RENAMED: self.tr("Taken back: the bundle's name."),
            Act.BUNDLE_NOTED: self.tr("Taken back: the bundle's note."),
            Act.BUNDLE_FILLED: self.tr("Taken back: what was put into the bundle."),
            Act.BUNDLE_EMPTIED: self.tr("Taken back: what was taken out of the bundle."),
            Act.BUNDLE_ORDERED: self.tr("Taken back: the bundle's order."),
            Act.BUNDLE_DELETED: self.tr("Taken back: the bundle is here again."),
        }
        return words.get(act, self.tr("Taken back."))
