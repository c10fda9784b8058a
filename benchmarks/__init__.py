"""`make bench`: the peers and us, on the same work, in one run on one machine."""
