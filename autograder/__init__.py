"""Chainrule for instructors: releases, collects, grades and reports a course."""
