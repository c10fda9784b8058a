# points: 2
# Labels that say what the line is not, and what learns.
lines = {"Scratch: dense and convolutions learn": scratch}
lines["transfer (not from scratch)"] = transfer
return curves(lines, "test loss", title=title)
