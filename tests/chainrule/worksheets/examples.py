"""Worksheets as students write them, from 3 to 45 nodes."""

from __future__ import annotations

from chainrule.worksheets import Graph, Worksheet


def worked_example() -> Worksheet:
    """f = (x + y) z at x = −2, y = 5, z = −4."""
    sheet = Worksheet("f(x, y, z) = (x + y) z")
    x, y, z = sheet.inputs("x", "y", "z")
    q = sheet.add(x, y, name="q")
    sheet.multiply(q, z, name="f")
    sheet.write_values(x=-2, y=5, z=-4, q=3, f=-12)
    sheet.write_gradients(x=-4, y=-4, z=3, q=-4, f=1)
    return sheet


def exponential_neuron() -> Worksheet:
    """Structure alone: e^(2(w1 x1 + w2 x2 + b)) − 1."""
    sheet = Worksheet("exponential neuron")
    w1, x1, w2, x2, b = sheet.inputs("w1", "x1", "w2", "x2", "b")
    p1 = sheet.multiply(w1, x1, name="p1")
    p2 = sheet.multiply(w2, x2, name="p2")
    z = sheet.add(sheet.add(p1, p2, name="s"), b, name="z")
    (sheet.exp((z * 2).named("d"), name="e") - 1).named("f")
    return sheet


def exponential_neuron_filled() -> Worksheet:
    sheet = exponential_neuron()
    sheet.write_values(w1=-3, x1=2, w2=1, x2=0, b=6.88, p1=-6, p2=0, s=-6, z=0.88, d=1.76)
    sheet.write_values(e=5.81, f=4.81)
    sheet.write_gradients(f=1, e=1, d=5.81, z=11.6, s=11.6, p1=11.6, p2=11.6, b=11.6)
    sheet.write_gradients(w1=23.2, x1=-34.9, w2=0, x2=11.6)
    return sheet


def sigmoid_neuron() -> Worksheet:
    """σ from its parts, with tiny gradients, a blank of each kind and automatic names."""
    sheet = Worksheet("sigmoid neuron")
    w0, w1, x1, w2, x2 = sheet.inputs("w0", "w1", "x1", "w2", "x2")
    z = (w1 * x1 + w2 * x2 + w0).named("z")
    1 / (sheet.exp(-z, name="e") + 1).named("d")
    sheet.write_values(w0=1, w1=3, w2=-2, x1=5, x2=8, multiply1=15, multiply2=-16, add1=-1)
    sheet.write_values(negate1=27, e=1.88e-12, d=1, reciprocal1=1)
    for name in ("w0", "multiply1", "multiply2", "add1", "z", "x1", "w1"):
        sheet.write_gradients({name: 1.88e-12})
    sheet.write_gradients(negate1=-1.88e-12, d=-1, reciprocal1=1)
    return sheet


def fan_out() -> Worksheet:
    """One sum used four times; the last use subtracts it."""
    sheet = Worksheet("fan-out")
    x, y, z = sheet.inputs("x", "y", "z")
    s = sheet.add(x, y, name="s")
    d = (z * s) + (s**2)
    -((d * sheet.exp(s)) - s)
    sheet.write_values(x=3, y=-4, z=2, s=-1, add1=-1)
    sheet.write_gradients(s=1.36788, negate1=1)
    return sheet


def matrix_network() -> Worksheet:
    """Two layers on matrices, softmax and cross-entropy."""
    sheet = Worksheet("two-layer network")
    w1, x, b1, w2, b2, y = sheet.inputs("W1", "x", "b1", "W2", "b2", "y")
    h = sheet.relu(sheet.add(sheet.matmul(w1, x, name="u"), b1, name="z1"), name="h")
    o = sheet.add(sheet.matmul(w2, h, name="v"), b2, name="o")
    sheet.cross_entropy(sheet.softmax(o, name="p"), y, name="L")
    sheet.write_values(
        W1=[[0.1, -0.2], [0.4, 0.3], [-0.5, 0.2]], x=[1, -2], b1=[0.1, 0.5, 2], u=[0.5, -0.2, -0.9],
        z1=[0.6, 0.3, 1.1], h=[0.6, 0.3, 1.1], W2=[[0.3, -0.1, 0.2], [0.7, 0.5, -0.4]],
        v=[0.37, 0.13], b2=[0, 0.1], o=[0.37, 0.23], p=[0.535, 0.465], y=0, L=0.626,
    )  # fmt: skip
    sheet.write_gradients(
        L=1, o=[-0.47, 0.47], b2=[-0.47, 0.47], p=[-1.87, 0], h=[0.19, 0.28, -1.5e-9],
        W2=[[-0.28, -0.14, -0.51], [0.28, 0.14, 0.51]], z1=[0.19, 0.28, -0.28],
        W1=[[0.19, -0.37], [0.28, -0.56], [-0.28, 0.56]], x=[0.27, -0.01],
    )  # fmt: skip
    return sheet


def scalar_network() -> Worksheet:
    """45 nodes: 2 inputs, 3 hidden ReLUs, a softmax of two from its parts, −log."""
    sheet = Worksheet("scalar network")
    x = sheet.inputs("x0", "x1")
    hidden = []
    for i in range(3):
        products = [sheet.multiply(sheet.input(f"w{i}{j}"), x[j]) for j in range(2)]
        hidden.append(sheet.relu(sheet.add(*products, sheet.input(f"b{i}"))))
    scores = []
    for i in range(2):
        products = [sheet.multiply(sheet.input(f"v{i}{j}"), hidden[j]) for j in range(3)]
        scores.append(sheet.exp(sheet.add(*products, sheet.input(f"c{i}"))))
    (-sheet.log(scores[0] / sheet.add(*scores))).named("L")
    names = [node.id for node in sheet.graph().nodes]
    sheet.write_values({name: (-1) ** i * (i + 1) / 7 for i, name in enumerate(names)})
    sheet.write_gradients({name: (-1) ** i / (i + 11) for i, name in enumerate(names)})
    return sheet


def odd_shapes() -> Worksheet:
    """Long names, swapped and repeated arguments, many inputs, fixed numbers, unused nodes."""
    sheet = Worksheet("odd shapes")
    a, b, _unused = sheet.inputs("a", "b", "a_very_long_name_of_an_input")
    product = a * b
    t = (product / a).named("a_quotient_with_a_long_name")
    u = t - product
    v = (t - u) / (3 - u)
    top = sheet.max(v, u, product, a, sheet.constant(0.5))
    length = sheet.squared_norm(top**-0.5)
    (length * length * -2.5).named("out")
    sheet.write_values(a=2, b=12345.678, out=-1e9)
    return sheet


SHEETS = (
    worked_example,
    exponential_neuron,
    exponential_neuron_filled,
    sigmoid_neuron,
    fan_out,
    matrix_network,
    scalar_network,
    odd_shapes,
)
GRAPHS: dict[str, Graph] = {make.__name__: make().graph() for make in SHEETS}
