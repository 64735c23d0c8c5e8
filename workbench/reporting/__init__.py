"""The only home of WeasyPrint: a value in, the bytes of an accessible PDF out; never queries.

Used by the worker, never by a page. Start reading at ``edition.py``, then ``pdf.py``.
"""
