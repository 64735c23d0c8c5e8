"""What comes in: tables of every form, read within limits. Only ``inspection`` is light."""
