"""The same security headers on every answer, errors and files included."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # CSRF protection needs the referrer on https, other hosts must not get it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
YEAR = "max-age=31536000; includeSubDomains"


def install(app: Flask, *, https: bool) -> None:
    """Set the headers after every request."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(HEADERS)
        if https:
            response.headers["Strict-Transport-Security"] = YEAR
        public = request.blueprint == "public" or request.endpoint == "static"
        # What is missing or broken now may be there in a moment: no cache keeps an error.
        if not public or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response
