"""The judge: runs a check on what a student offers and says how many points it earned."""
