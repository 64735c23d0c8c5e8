"""Who may do what, which state follows which, and what a value decision must say. Pure."""
