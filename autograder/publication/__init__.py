"""What students get, and where they get it: addresses, badges, the student repository."""
