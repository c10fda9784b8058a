# points: 2
# Written as on paper.
"dL/dŷ",
"dŷ/dh",
"dh/dv",
"dv/db^(1)",
