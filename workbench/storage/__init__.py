"""Tables and how they are read and written: one file per aggregate.

Functions take the SQLModel session of a running transaction (``database.Database``). Nothing here
decides who may do what except ``access``, which loads and authorises in one step.
"""
