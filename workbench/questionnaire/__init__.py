"""What is asked and what was answered: a definition and answers in, values out. Pure.

Imports only ``workbench.basics``. Start reading in ``definition``; ``loading`` makes one from
files, ``path`` says what applies now, ``progress`` and ``summary`` what came of it.
"""
