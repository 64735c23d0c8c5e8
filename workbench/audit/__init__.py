"""Checks of predictions and models for discrimination: pure, knows neither database nor web.

Light, for pages: ``plan``, ``results``, ``catalogue``, ``suppression``, ``provenance``,
``intake.inspection`` and ``words``. Heavy, only for the jailed process and the command line:
``intake``, ``measures``, ``models``, ``explanation``, ``charts`` and ``tasks``. Imports only
``basics``. Start reading at ``tasks.py`` (the way of one audit).
"""
