"""Answers on the way out of the workbench and back: as JSON or as a spreadsheet. Pure.

Start in ``bundle``: what travels, and what is refused when it comes back.
"""
