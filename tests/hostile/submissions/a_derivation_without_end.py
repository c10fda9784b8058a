# points: 0
# cell: bias_chain_b1
# Its plain form holds itself, and a name in it is a megabyte long.
# shows: bias_chain_b1


class Mine(Derivation):
    def to_dict(self):
        form = super().to_dict()
        form["known"] = ["L" * 10**6, "b1"]
        form["factors"] = [form]
        return form


gradient_b1 = Mine("L/b1", known=["L", "b1"])
gradient_b1.write("L/b1.T")
