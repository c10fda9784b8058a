"""What students get back: their notebook with scores, and nothing that is hidden."""
