"""The public register: no account, no cookie, published editions only."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench import resources
from workbench.basics.errors import NotFound
from workbench.basics.text import later
from workbench.disclosure import reading
from workbench.services import register as published
from workbench.services.register import Published
from workbench.web.locale import language

blueprint = Blueprint("public", __name__)

MINUTE, YEAR = "public, max-age=60", "public, max-age=31536000, immutable"
LONGEST_SEARCH = 200


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """The register is the start page."""
    return redirect(url_for("public.register"), 303)


@blueprint.get("/register")
def register() -> ResponseReturnValue:
    """All published systems, with search."""
    words = request.args.get("q", "")[:LONGEST_SEARCH]
    found = published.entries(current_app.extensions["database"], words)
    return _cached(render_template("public/register.html", entries=found, words=words), MINUTE)


@blueprint.get("/register.json")
def register_json() -> ResponseReturnValue:
    """The register as data."""
    entries = [
        {
            "name": entry.record.system.name,
            "purpose": entry.record.system.purpose,
            "department": entry.record.system.department,
            "phase": entry.record.phase,
            "ended_on": ended.isoformat() if (ended := entry.record.conclusions.ended_on) else None,
            "example": entry.record.example,
            "edition": entry.record.number,
            "published_at": entry.published_at.isoformat(),
            "page": _address("public.system", entry.record.system.slug),
            "record": _address(
                "public.edition_json", entry.record.system.slug, entry.record.number
            ),
        }
        for entry in published.entries(current_app.extensions["database"])
    ]
    body = {"town": current_app.extensions["town"], "systems": entries}
    return _cached(current_app.json.dumps(body, ensure_ascii=False), MINUTE, "application/json")


def _address(endpoint: str, slug: str, number: int | None = None) -> str:
    numbered: dict[str, Any] = {} if number is None else {"number": number}
    return url_for(endpoint, slug=slug, lang=None, _external=True, **numbered)


@blueprint.get("/register/<word:slug>")
def system(slug: str) -> ResponseReturnValue:
    """The newest edition of a system."""
    return _cached(_edition(slug, None), MINUTE)


@blueprint.get("/register/<word:slug>/editions/<number:number>")
def edition(slug: str, number: int) -> ResponseReturnValue:
    """One edition."""
    return _cached(_edition(slug, number), MINUTE)


def _edition(slug: str, number: int | None) -> str:
    found = published.edition(current_app.extensions["database"], slug, number)
    # The page names its own address; one with further arguments is not worth keeping.
    kept = set(request.args) <= {"lang"}
    return (_page if kept else _page.__wrapped__)(found, language(), request.path)


@lru_cache(maxsize=256)
def _page(found: Published, tongue: str, _path: str) -> str:
    """The page of an edition, which stays the same until there is another edition or its PDF."""
    here: dict[str, Any] = {
        "slug": found.record.system.slug,
        "number": found.record.number,
        "lang": None,
    }
    links = {"json": url_for("public.edition_json", **here)}
    if f"pdf-{tongue}" in found.files:
        links["pdf"] = url_for("public.edition_pdf", tongue=tongue, **here)
    told = reading.context(
        found.record,
        tongue,
        fingerprint=found.sha256,
        chart_url=lambda sha256: url_for("public.chart", sha256=sha256, **here),
        links=links,
    )
    return render_template("public/system.html", edition=found, **told)


@blueprint.get("/register/<word:slug>/editions/<number:number>.json")
def edition_json(slug: str, number: int) -> ResponseReturnValue:
    """Exactly the bytes whose SHA-256 the edition states."""
    found = published.edition(current_app.extensions["database"], slug, number)
    return _file(found.content, "application/json", f"{slug}-{number}.json")


@blueprint.get("/register/<word:slug>/editions/<number:number>-<any(de,en):tongue>.pdf")
def edition_pdf(slug: str, number: int, tongue: str) -> ResponseReturnValue:
    """The PDF of an edition."""
    content, media_type = published.file(
        current_app.extensions["database"], slug, number, f"pdf-{tongue}"
    )
    return _file(content, media_type, f"{slug}-{number}-{tongue}.pdf")


@blueprint.get("/register/<word:slug>/editions/<number:number>/charts/<word:sha256>.svg")
def chart(slug: str, number: int, sha256: str) -> ResponseReturnValue:
    """A chart of an edition."""
    content, media_type = published.file(current_app.extensions["database"], slug, number, sha256)
    return _cached(content, YEAR, media_type)


@blueprint.get("/schema/ki-werkbank/audit-result/<number:number>")
def audit_schema(number: int) -> ResponseReturnValue:
    """The JSON Schema of result.json; its ``$id`` below /schema/ is this address."""
    file = resources.folder("reports") / "schema" / f"audit-result-{number}.json"
    if not file.is_file():
        raise NotFound(later("There is no such schema."))
    return _cached(file.read_bytes(), MINUTE, "application/schema+json")


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """What this is, how it is made accessible, what happens with data."""
    return _cached(render_template("public/about.html"), MINUTE)


@blueprint.get("/guide")
def guide() -> ResponseReturnValue:
    """The user guide."""
    return _cached(render_template("public/guide.html"), MINUTE)


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = _cached(content, YEAR, media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _cached(content: str | bytes, policy: str, media_type: str = "text/html") -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Cache-Control"] = policy
    answer.add_etag()
    answer.make_conditional(request)
    return answer
