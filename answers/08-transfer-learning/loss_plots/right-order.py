# points: 2
# Transfer drawn first.
return curves({"transfer": transfer, "scratch": scratch}, "test loss", title=title)
