"""Exporting: grades as Canvas imports them, as Gradescope writes them, and as a plain table."""
