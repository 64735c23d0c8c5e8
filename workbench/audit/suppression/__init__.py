"""What of a result stays hidden, so that nothing about few people can be computed back.

Light, for pages: ``smallness`` (what is small), ``secondary`` and ``elimination`` (what else must
be hidden so that no sum gives it away), ``hiding`` with ``score_hiding``, ``cut_sides`` and
``tradeoff_hiding`` (all of that for a result), ``earlier`` and ``earlier_scores`` (beside what was
published before), ``publication`` and ``hidden_notes`` (the result without it, and what is said
about it). Heavy, where audits run: ``guarding``, with ``reader``, ``asked`` and ``bounds`` (what
would follow because no count is below 0). Start reading at ``hiding``.
"""
