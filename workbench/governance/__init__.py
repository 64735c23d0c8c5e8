"""Who may do what, which state follows which, and what follows from the answers. Pure.

May import ``workbench.questionnaire``, which knows nothing of it.
"""
