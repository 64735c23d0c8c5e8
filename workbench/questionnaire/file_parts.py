"""What all content files are made of: kinds of names and texts, and how strict a file is."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# No hyphen within an id: in a form it separates question, row and field.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
QuestionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]+$")]


class FileModel(BaseModel):
    """A part of a file; a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
