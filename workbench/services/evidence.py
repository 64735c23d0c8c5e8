"""Back an answer or a value decision with files and links: add, read, remove."""

from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import BinaryIO

from sqlmodel import Session

from workbench.basics import clock
from workbench.basics.errors import Busy, InvalidInput, NotFound, WrongState
from workbench.basics.text import later
from workbench.governance.roles import Actor
from workbench.questionnaire import accepting
from workbench.questionnaire.definition import Question, QuestionType, Text
from workbench.storage import access, decisions, evidence, journal, uploads
from workbench.storage.assessments import Phase
from workbench.storage.evidence import Evidence
from workbench.storage.workspace import Workspace

FILE_LIMIT = 20_000_000
PIECES = 20
NAME_LENGTH, ADDRESS_LENGTH = 150, accepting.LIMITS[QuestionType.LINK]
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A type of file that is taken: its media type, and the bytes every such file begins with."""

    media_type: str
    begins: tuple[bytes, ...]


ZIP = (b"PK\x03\x04",)
# No kind that a browser would run or that holds macros.
KINDS = {
    ".pdf": Kind("application/pdf", (b"%PDF-",)),
    ".png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": Kind(f"{OFFICE}wordprocessingml.document", ZIP),
    ".xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", ZIP),
    ".odt": Kind(f"{OPEN}text", ZIP),
    ".ods": Kind(f"{OPEN}spreadsheet", ZIP),
}
NOT_ADDED = later("Nothing was added.")
# What a web address has to fulfil is what an answer of type link has to.
ADDRESS = Question(
    id="link", type=QuestionType.LINK, title=Text({"de": "Adresse", "en": "Address"})
)
WRONG_KIND = later("Send a file of one of these types: {kinds}.")


@dataclass(frozen=True)
class Backed:
    """What evidence is for: the answer to a question, or a value decision."""

    question_id: str = ""
    decision_id: str = ""

    @property
    def named(self) -> dict[str, str]:
        """As the journal names it."""
        named = {"question": self.question_id, "decision": self.decision_id}
        return {kind: key for kind, key in named.items() if key}


@dataclass(frozen=True)
class EvidenceFile:
    """A file to hand out, and as what."""

    name: str
    media_type: str
    content: bytes


def add_file(
    workspace: Workspace,
    actor: Actor,
    phase_id: str,
    backed: Backed,
    *,
    source: BinaryIO,
    name: str,
) -> None:
    """Keep a file for an answer or a decision. It is never published.

    Raises InvalidInput for an empty file, one of another type, or when there are too many pieces
    already; TooLarge past 20 MB; Busy when somebody removes the same content at this moment.
    """
    with workspace.database.reading() as session:
        _writable(workspace, session, actor, phase_id, backed)
    short = shortened(name)
    kind = KINDS.get(PurePath(short).suffix)
    start = source.read(16)
    source.seek(0)
    if start and (kind is None or not start.startswith(kind.begins)):
        raise InvalidInput(
            NOT_ADDED, {"file": WRONG_KIND}, kinds=", ".join(kind[1:] for kind in KINDS)
        )
    with uploads.kept(workspace, source, FILE_LIMIT, field="file") as sha256:
        size = workspace.files.path(sha256).stat().st_size
        with workspace.database.transaction() as session:
            phase = _writable(workspace, session, actor, phase_id, backed)
            if not workspace.files.holds(sha256):
                raise Busy(later("The workbench is busy. Try again in a moment."))
            piece = Evidence(
                phase_id=phase.id,
                **asdict(backed),
                name=short,
                sha256=sha256,
                size=size,
                added_at=clock.now(),
                added_by=actor.id,
            )
            session.add(piece)
            journal.append(session, actor.id, "evidence.add", phase.id, **backed.named, file=sha256)


def shortened(name: str) -> str:
    """A file's name without folders and control characters, its ending in small letters."""
    tidy = " ".join(accepting.cleaned(name).split())
    bare = PurePath(tidy.replace("\\", "/")).name or "file"
    ending = PurePath(bare).suffix.lower()
    return PurePath(bare).stem[: NAME_LENGTH - len(ending)] + ending


def add_link(
    workspace: Workspace, actor: Actor, phase_id: str, backed: Backed, *, link: str, name: str
) -> None:
    """Keep a web address for an answer or a decision, with a name. Those of decisions are public.

    Raises InvalidInput when one does not fit.
    """
    title = " ".join(name.split())
    if not 0 < len(title) <= NAME_LENGTH:
        fault = later("Give it a name of at most {limit} characters.")
        raise InvalidInput(NOT_ADDED, {"name": fault}, limit=NAME_LENGTH)
    try:
        address = accepting.link(ADDRESS, link)
    except InvalidInput as error:
        raise InvalidInput(NOT_ADDED, {"link": error.message}, **error.values) from error
    if not isinstance(address, str):
        raise InvalidInput(NOT_ADDED, {"link": later("Enter a web address.")})
    with workspace.database.transaction() as session:
        phase = _writable(workspace, session, actor, phase_id, backed)
        session.add(
            Evidence(
                phase_id=phase.id,
                **asdict(backed),
                name=title,
                link=address,
                added_at=clock.now(),
                added_by=actor.id,
            )
        )
        journal.append(session, actor.id, "evidence.add", phase.id, **backed.named, link=address)


def remove(workspace: Workspace, actor: Actor, phase_id: str, evidence_id: str) -> Backed:
    """Take a piece of evidence away; returns what it backed.

    The journal keeps that it was there; its file is deleted unless something else uses it.
    """
    with workspace.database.transaction() as session:
        _, phase = access.phase(session, actor, phase_id, "evidence.change")
        session.refresh(phase, with_for_update=True)
        access.writable(phase)
        piece = _piece(session, phase, evidence_id)
        piece.removed_at, piece.removed_by = clock.now(), actor.id
        session.add(piece)
        session.flush()
        journal.append(session, actor.id, "evidence.remove", phase.id, evidence=piece.id)
        # Inside the transaction: nobody can begin to use the file between the question and this.
        if piece.sha256 and not uploads.in_use(session, piece.sha256):
            workspace.files.drop(piece.sha256)
        return Backed(piece.question_id, piece.decision_id)


def read(workspace: Workspace, actor: Actor, phase_id: str, evidence_id: str) -> EvidenceFile:
    """The file of a piece of evidence; NotFound for a link and for what was removed."""
    with workspace.database.reading() as session:
        _, phase = access.phase(session, actor, phase_id, "answers.trace")
        piece = _piece(session, phase, evidence_id)
    if not piece.sha256:
        raise NotFound(access.NOT_FOUND)
    kind = KINDS[PurePath(piece.name).suffix]
    return EvidenceFile(piece.name, kind.media_type, workspace.files.read(piece.sha256))


def _piece(session: Session, phase: Phase, evidence_id: str) -> Evidence:
    piece = session.get(Evidence, evidence_id)
    if piece is None or piece.phase_id != phase.id or piece.removed_at is not None:
        raise NotFound(access.NOT_FOUND)
    return piece


def _writable(
    workspace: Workspace, session: Session, actor: Actor, phase_id: str, backed: Backed
) -> Phase:
    """The phase, when the person may add to this question or decision of it now."""
    _, phase = access.phase(session, actor, phase_id, "evidence.change")
    access.writable(phase)
    if backed.decision_id:
        decision = decisions.find(session, backed.decision_id)
        if decision is None or decision.phase_id != phase.id:
            raise NotFound(access.NOT_FOUND)
        there = evidence.of_decisions(session, phase.id).get(backed.decision_id, ())
    else:
        questionnaire = workspace.library.questionnaire(phase.questionnaire, phase.version)
        question = questionnaire.question(backed.question_id)
        there = evidence.of_phase(session, phase.id).get(question.id, ())
    if len(there) >= PIECES:
        raise WrongState(later("There are {n} pieces here already. Remove one first."), n=PIECES)
    return phase
