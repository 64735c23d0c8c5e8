"""Forms: ``build`` makes those of a questionnaire; each fixed form has its own file."""
