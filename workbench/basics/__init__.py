"""What every other package may use: errors, time, identifiers, text. Imports nothing of ours."""
