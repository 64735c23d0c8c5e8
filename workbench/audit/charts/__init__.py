"""Results → pictures with their text alternative."""
