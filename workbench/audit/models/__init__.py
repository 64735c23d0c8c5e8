"""Models in formats that cannot run foreign code, and the columns they are fed with."""
