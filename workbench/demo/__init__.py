"""The fictitious town of Musterstadt: one system's whole way, made by the pages' own services."""
