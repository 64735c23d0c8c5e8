"""What a person can do: each function loads, authorises, acts and journals in one transaction.

Modules here do not call each other; what two of them share lives one floor down. ``audit_runs``,
``audit_documents`` and ``documents`` are for the worker, ``register`` is all that the public pages
reach.
"""

from workbench.storage.workspace import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]
