# points: 1.33
# Takes the correction for something that fades.
2,
1.9,
1.8,
