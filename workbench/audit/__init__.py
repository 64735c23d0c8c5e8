"""Checks of predictions and models for discrimination: pure, knows neither database nor web.

Two halves. Light, for pages: ``plan``, ``inspection``, ``catalogue``, ``results``, ``suppression``,
``findings``, ``provenance``. Heavy, only for the jailed process: everything that ``tasks`` leads
to. Imports only ``basics``. Start reading at ``tasks.py`` (the way of one audit).
"""
