# points: 0
# A colon forgotten: the whole script cannot be imported.
def __init__(self, inp_dim, out_dim)
    super().__init__()
