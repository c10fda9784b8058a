"""Chainrule for instructors: releases, collects, grades and reports a course."""

import sys

# jsonschema takes this package if it is there, for web addresses in any script, and that takes a
# second in every process. Nothing here checks such addresses.
sys.modules.setdefault("rfc3987_syntax", None)
