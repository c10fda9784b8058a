"""Right answers, handed in with one damage each."""
