"""The hidden checks, a module an assignment. Never shipped to students."""
