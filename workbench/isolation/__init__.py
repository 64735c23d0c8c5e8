"""Runs work on foreign files in a process that can do nothing but read them and answer.

Imports only ``basics``. Start reading at ``runner.py`` (the parent's side), then ``child.py`` and
``jail.py`` (the other side).
"""
