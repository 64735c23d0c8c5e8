"""Cells → rates, means, gaps and their uncertainty. Numbers only, no words."""
