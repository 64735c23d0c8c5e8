"""What the public gets: the transparency record, composed without anything that is not public.

Pure. May import questionnaire, governance, the light half of audit, and basics. Start reading at
``record.py``, then ``compose.py``.
"""
