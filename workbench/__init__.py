"""KI-Werkbank: municipalities assess, audit and account for their AI.

Start reading at ``README.md`` (the map), then ``services/`` (what a person can do).
"""

__version__ = "0.1.0"
