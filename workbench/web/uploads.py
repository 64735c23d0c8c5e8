"""How much may be sent where: a form is small, an upload as large as its files may be."""

from flask import request

from workbench.services import audit_imports, datasets, evidence

# The form around the files.
MARGIN = 1_000_000
LIMITS = {
    "audits.receive": datasets.DATA_LIMIT
    + datasets.MODEL_LIMIT
    + datasets.BACKGROUND_LIMIT
    + MARGIN,
    "imports.receive": audit_imports.RESULT_LIMIT + MARGIN,
    "evidence.attach": evidence.FILE_LIMIT + MARGIN,
    "evidence.attach_to_decision": evidence.FILE_LIMIT + MARGIN,
}


def allow_files() -> None:
    """Let an upload be as large as its files may be.

    To be called before anything reads the form, also before its token is checked.
    """
    if request.endpoint in LIMITS:
        request.max_content_length = LIMITS[request.endpoint]
