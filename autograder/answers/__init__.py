"""The answer bank: right and wrong answers to every question, and the points each must get."""
