"""Graded notebooks as PDFs, for Gradescope and for whoever marks them."""
