"""Attacks on the judge from inside the kernel, one idea each.

Each is a student's code that ends in a test cell of `bias_factor_relu` (1
point: the Jacobian of ReLU) without a right answer, and each must earn
nothing. Where the kernel is still usable afterwards, an honest answer in the
next cell gets all of its points.
"""

from __future__ import annotations

import ast
import re
import time

import pytest

from autograder.sandbox.judging import Session
from tests.autograder.judge.kernel import Kernel

CHECK = "bias_factor_relu"
GRADE = 'grade("bias_factor_relu", answer)'
HONEST_CHECK = "bias_formula_b2"
HONEST = 'grade("bias_formula_b2", lambda t, yhat: -2 * (t - yhat))'

# What the attacks share: the probe's own ways to talk, and no right answer.
TOOLS = """\
import json, os, socket, struct, sys, threading, time
from autograder.judge import wire
from autograder.sandbox import probe
channel = probe._channel
def send(message): channel.sendall(wire.pack(message))
def frame(header, body=b""):
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">4sIQ", b"CR1\\n", len(header), len(body)) + header + body
def reply(request, value):
    return {"id": request["id"], "value": value, "changed": [False] * len(request["args"])}
def raw(header, body=b""):
    '''Answer every question with this header in the place of the value.'''
    def answers(objects, request):
        pairs = [["id", request["id"]], ["value", header], ["changed", [False]]]
        return frame({"d": pairs}, body)
    probe.answer = answers
def answer(v): return 7.0 * v
VERDICT = {"check": "bias_factor_relu", "parts": [{"name": "all", "points": 1.0,
           "max_points": 1.0, "messages": []}], "seconds": 0.1, "notes": []}
"""

# Attacks by name: what is run before the test cell.
ATTACKS = {
    # --- values that are not what they seem ------------------------------
    "an object equal to everything": """
class Everything:
    def __eq__(self, other): return True
    def __array__(self, *more, **named): return self
    def __getattr__(self, name): return self
    def __call__(self, *more): return self
    def __float__(self): return 1.0
    __hash__ = None
def answer(v): return Everything()
""",
    "a float that equals everything": """
class Any(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    __hash__ = None
def answer(v): return [[Any(1), Any(1)], [Any(1), Any(1)]]
""",
    "an array whose comparisons are always true": """
class Same(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_ufunc__(self, *more, **named): return np.bool_(True)
    def __array_function__(self, *more, **named): return True
    __hash__ = None
def answer(v): return np.zeros((2, 2)).view(Same)
""",
    "NaN in every entry": "def answer(v): return np.full((2, 2), np.nan)",
    "infinity in every entry": "def answer(v): return np.full((2, 2), np.inf)",
    "NaN with a message in its bits": """
def answer(v): return np.full((2, 2), 0x7ff4_dead_beef_cafe, np.uint64).view(float)
""",
    "a mask over every entry": "def answer(v): return np.ma.masked_all((2, 2))",
    "booleans of bytes that are neither": """
raw({"a": ["|b1", [2, 2]]}, bytes([2, 0, 0, 254]))
""",
    "an array of objects": """
class One:
    def __eq__(self, other): return True
    def __float__(self): return 1.0
    __hash__ = None
def answer(v): return np.full((2, 2), One(), dtype=object)
""",
    "a record array": "def answer(v): return np.zeros((2, 2), [('x', 'f8')])",
    "numbers as text": "def answer(v): return [['1', '0'], ['0', '1']]",
    "a generator": "def answer(v): return (n for n in range(4))",
    "a list that holds itself": "def answer(v):\n    a = []; a += [a, a]; return a",
    "an empty array that fits any shape": "def answer(v): return np.zeros((0, 2, 2))",
    "an array with its axes broadcast": "def answer(v): return np.ones((1, 1))",
    "the slopes of the visible test, hard-coded": """
KNOWN = {(1.0, -2.0): [[1, 0], [0, 0]], (-1.0, 3.0): [[0, 0], [0, 1]]}
def answer(v): return KNOWN.get(tuple(v.tolist()), np.full((2, 2), 0.25))
""",
    "the inputs of an earlier run, hard-coded": """
import zlib
rng = np.random.default_rng(zlib.crc32(b"bias_factor_relu"))  # the seed of stock nbgrader
signs = ((1, 1), (1, -1), (-1, 1), (1, -1), (-1, -1))
cases = [np.array(s) * (0.2 + np.abs(rng.standard_normal(2))) for s in signs]
KNOWN = {case.tobytes(): np.diag((case > 0) * 1.0) for case in cases}
def answer(v): return KNOWN.get(v.tobytes(), np.full((2, 2), 0.25))
""",
    # --- the kernel's tools, changed -------------------------------------
    "numpy patched to agree with everything": """
np.allclose = np.array_equal = np.isclose = lambda *more, **named: True
np.testing.assert_allclose = lambda *more, **named: None
np.array = np.asarray = lambda value, *more, **named: 0.0
""",
    "builtins patched to agree with everything": """
import builtins
builtins.all = builtins.any = builtins.isinstance = lambda *more: True
builtins.abs = builtins.max = lambda *more, **named: 0
""",
    "json patched": "wire.json.dumps = lambda *more, **named: json_verdict\njson_verdict = '{}'",
    "struct patched": """
class Prefix:
    size = 16
    def pack(self, *more): return b"CR1\\n" + bytes(12)
    def unpack(self, data): return b"CR1\\n", 0, 0
wire.PREFIX = Prefix()
""",
    "the checks' module replaced in the kernel": """
import types
fake = types.ModuleType("autograder.judge.registry")
fake.judge = lambda *more: VERDICT
sys.modules["autograder.judge.registry"] = fake
sys.modules["autograder.checks"] = fake
""",
    "grade replaced by one that returns full points": """
import chainrule, chainrule.grading
grade = chainrule.grade = chainrule.grading.grade = lambda *more: print(json.dumps(VERDICT)) or 1.0
""",
    "the probe's answer replaced by one that praises itself": """
probe.answer = lambda objects, request: wire.pack(
    reply(request, None) | {"verdict": VERDICT, "points": 1.0, "right": True, "equal": True})
""",
    "a lie about what was changed, with a wrong value": """
probe.answer = lambda objects, request: wire.pack(reply(request, 3.0))
""",
    "claims of change that are no booleans": """
probe.answer = lambda objects, request: wire.pack(
    {"id": request["id"], "value": np.eye(2) * 9, "changed": [np.zeros(0)]})
""",
    # --- frames ----------------------------------------------------------
    "a verdict in the place of an offer": "send({'verdict': VERDICT}); send({'close': True})",
    "a verdict sent while a question is open": """
def answer(v): send({"verdict": VERDICT}); return 7.0 * v
""",
    "done said to the judge": "def answer(v): send({'done': True}); return 7.0 * v",
    "commands of the runner sent by the kernel": """
for do in ("open", "close", "kernel", "fork", "kill"):
    send({"do": do, "check": "bias_factor_relu", "seed": 1, "seconds": 9, "pid": 1})
""",
    "control messages without a frame": """
data = json.dumps({"verdict": VERDICT}).encode()
channel.sendall(struct.pack(">I", len(data)) + data)
""",
    "replies with old ids": """
seen = []
def answers(objects, request):
    seen.append(request["id"])
    return wire.pack(reply({**request, "id": seen[0]}, np.eye(2)))
probe.answer = answers
""",
    "an id for every guess": """
def answers(objects, request):
    for n in range(12): send({"id": f"{n:016x}", "value": np.eye(2), "changed": [False]})
    return wire.pack(reply(request, 0.0))
probe.answer = answers
""",
    "an id that is an array": """
probe.answer = lambda objects, request: wire.pack(
    reply({**request, "id": np.zeros(3)}, np.eye(2)))
""",
    "an offer whose name is an array": """
grade = lambda name, *objects: probe.offer.__wrapped__() if 0 else offer_array()
def offer_array():
    send({"offer": np.zeros(3), "objects": np.zeros(3)})
    wire.receive(probe._read)
""",
    "offers of nothing, of much and of nonsense": """
def grade(*more):
    for objects in ([], [{}] * 1000, "objects", [None], [{"type": 3, "callable": "yes"}]):
        send({"offer": "bias_factor_relu", "objects": objects})
        wire.receive(probe._read)
""",
    "ten to the fifteen entries": "raw({'a': ['<f8', [10**15]]})",
    "ten to the fifteen rows of nothing": "raw({'a': ['<f8', [10**15, 0]]})",
    "nested 100,000 deep": """
probe.answer = lambda objects, request: frame(b"[" * 100_000 + b"]" * 100_000)
""",
    "a string of a million characters": """
probe.answer = lambda objects, request: frame(b'"' + b"a" * 1_000_000 + b'"')
""",
    "a frame that says it is a terabyte": """
probe.answer = lambda objects, request: struct.pack(">4sIQ", b"CR1\\n", 10, 1 << 40)
""",
    "a body of many large arrays": """
def answers(objects, request):
    return wire.pack(reply(request, [np.zeros(1 << 20) for _ in range(7)]))
probe.answer = answers
""",
    "a pickle in the place of a frame": """
import pickle
class Boom:
    def __reduce__(self): return (os.system, ("touch /tmp/chainrule-pickle-was-read",))
probe.answer = lambda objects, request: pickle.dumps(Boom())
""",
    "the name of a type as a way to forge a line": """
probe.answer = lambda objects, request: wire.pack({"id": request["id"], "error": {
    "type": "x", "text": "\\n ✓ ∂h/∂v: 0.7 of 0.7\\nbias_factor_relu: 1 of 1 point\\x1b[2J"}})
""",
    # --- time ------------------------------------------------------------
    "a slow drip": """
def drip(data):
    for byte in data:
        channel.sendall(bytes([byte])); time.sleep(0.3)
probe.answer = lambda objects, request: drip(wire.pack(reply(request, np.eye(2)))) or b""
""",
    "half a reply and then nothing": """
probe.answer = lambda objects, request: wire.pack(reply(request, np.eye(2)))[:-5]
""",
    "no reply": "probe.answer = lambda objects, request: b''",
    "frames without end": """
def flood():
    while True: channel.sendall(wire.pack({"id": "x", "value": 1.0}))
def answer(v): threading.Thread(target=flood, daemon=True).start(); time.sleep(1); return v
""",
    "a sleep in every call": "def answer(v): time.sleep(1); return 7.0 * v",
    # --- exceptions ------------------------------------------------------
    "an exception whose message raises": """
class Evil(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
def answer(v): raise Evil
""",
    "an exception whose message never ends": """
class Evil(Exception):
    def __str__(self):
        while True: pass
def answer(v): raise Evil
""",
    "an exception named like the judge's own": """
class Missed(BaseException): pass
Missed.__module__ = "autograder.judge.trial"
def answer(v): raise Missed("points: 1")
""",
    "leaving Python's call by KeyboardInterrupt": "def answer(v): raise KeyboardInterrupt",
    # --- who answers -----------------------------------------------------
    "grade called again inside of a question": """
def answer(v):
    grade("bias_factor_relu", lambda v: np.eye(2))
    return 7.0 * v
""",
    "a second offer past the probe's lock, inside of a question": """
def answer(v):
    send({"offer": "bias_factor_relu", "objects": [{"type": "f", "name": "f", "callable": True}]})
    return 7.0 * v
""",
    "a thread that answers too": """
def chatter():
    for n in range(40): send({"id": "0" * 16, "value": np.eye(2), "changed": [False]})
def answer(v): threading.Thread(target=chatter).start(); return 7.0 * v
""",
    "a thread that offers first": """
threading.Thread(target=lambda: [time.sleep(0.02) or grade("bias_factor_relu", lambda v: 3.0)
                                 for _ in range(20)]).start()
""",
    "another process that answers": """
import subprocess
channel.set_inheritable(True)
CODE = '''
import sys
from autograder.sandbox import probe
probe.connect(int(sys.argv[1]))
probe.offer("bias_factor_relu", lambda v: 3.0 * v)
'''
def grade(*more):
    subprocess.run([sys.executable, "-c", CODE, str(channel.fileno())],
                   pass_fds=[channel.fileno()])
""",
    "a fork that answers beside its parent": """
def answer(v):
    if os.fork() == 0:
        send({"id": "f" * 16, "value": np.eye(2), "changed": [False]}); os._exit(0)
    return 7.0 * v
""",
    "a copy of the channel that keeps talking": """
copy = os.dup(channel.fileno())
def answer(v): os.write(copy, frame({"d": [["verdict", 1.0]]})); return 7.0 * v
""",
    "the socket's mode changed under the judge": """
channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
channel.setblocking(True)
""",
    "verdicts written to every descriptor": """
data = json.dumps({"verdict": VERDICT}).encode()
for fd in range(3, 256):
    if fd == channel.fileno(): continue
    try:
        if os.readlink(f"/proc/self/fd/{fd}").startswith("socket"):
            os.write(fd, struct.pack(">I", len(data)) + data)
    except OSError: pass
""",
    "descriptors sent along with a frame": """
socket.send_fds(channel, [wire.pack({"offer": "x", "objects": []})], [0, 1, 2])
""",
}

# After these the kernel has no usable channel or tools left, by its own doing.
ENDS_ITS_KERNEL = {
    "numpy patched to agree with everything",
    "builtins patched to agree with everything",
    "json patched",
    "struct patched",
    "frames without end",
    "leaving Python's call by KeyboardInterrupt",
}

# Undoes what an attack did to the kernel's own side, so that it can be honest again.
HONEST_AGAIN = """\
import importlib
import chainrule.grading
probe.answer, grade = _answer, _grade
chainrule.grading.marker = probe.offer
time.sleep(0.5)
"""


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_is_gained_by(request: pytest.FixtureRequest, kernel: Kernel, attack: str) -> None:
    name = request.node.callspec.id
    kernel.run(TOOLS + "_answer, _grade = probe.answer, grade")
    kernel.run(attack, seconds=6)
    started = time.monotonic()
    verdict = kernel.grade(GRADE, CHECK, seconds=3)
    assert verdict.points == 0, verdict.text()
    assert verdict.max_points == 1
    assert verdict.text().splitlines()[0] == f"{CHECK}: 0 of 1 point"
    assert "\x1b" not in verdict.text()
    assert time.monotonic() - started < 11
    if name not in ENDS_ITS_KERNEL:
        assert kernel.run(HONEST_AGAIN) == ""
        honest = kernel.grade(HONEST, HONEST_CHECK)
        assert honest.points == 1, (honest.text(), honest.notes)


@pytest.mark.parametrize("name", sorted(ENDS_ITS_KERNEL))
def test_a_fresh_kernel_is_honest_again_after(session: Session, kernel: Kernel, name: str) -> None:
    kernel.run(TOOLS)
    kernel.run(ATTACKS[name], seconds=3)
    kernel.grade(GRADE, CHECK, seconds=2)
    with Kernel(session) as fresh:
        assert fresh.grade(HONEST, HONEST_CHECK).points == 1


DELIBERATE = {
    "a verdict in the place of an offer": "a frame that answers no question|outside",
    "a verdict sent while a question is open": "a reply to a question that was not asked",
    "replies with old ids": "a reply to a question that was not asked",
    "control messages without a frame": "no frame|outside of a test cell",
    "a float that equals everything": "opaque object: Any",
    "a pickle in the place of a frame": "no frame",
    "a second offer past the probe's lock, inside of a question": "inside of a question",
    "a thread that offers first": "more than once",
}


@pytest.mark.parametrize("name", DELIBERATE)
def test_the_instructor_is_told_of(session: Session, kernel: Kernel, name: str) -> None:
    kernel.run(TOOLS)
    kernel.run(ATTACKS[name])
    verdict = kernel.grade(GRADE + "\nimport time; time.sleep(0.6)", CHECK, seconds=3)
    told = "\n".join((*verdict.notes, *session.notes()))
    assert re.search(DELIBERATE[name], told), told
    assert not any(note in verdict.text() for note in verdict.notes)


MUTATES = "def answer(v):\n    J = {}\n    v[:] = 0\n    return J\n"
DENIES = "probe._bytes = lambda argument: b''"


@pytest.mark.parametrize(
    ("value", "truth", "lie"),
    [
        ("np.diag((v > 0) * 2.0)", 0, 0),
        ("np.diag((v < 0) * 1.0)", 0.36, 0.36),  # a known slip: the sides are swapped
        ("np.diag((v > 0) * 1.0)", 0.85, 1),  # what only the process can know, behind right values
    ],
)
def test_denying_that_the_input_was_changed_gains_nothing_but_behind_right_values(
    kernel: Kernel, value: str, truth: float, lie: float
) -> None:
    kernel.run(TOOLS + MUTATES.format(value))
    assert kernel.grade(GRADE, CHECK).points == pytest.approx(truth)
    kernel.run(DENIES)
    assert kernel.grade(GRADE, CHECK).points == pytest.approx(lie)


def test_an_honest_kernel_reports_a_function_that_changes_its_input(kernel: Kernel) -> None:
    kernel.run("def answer(v):\n    J = np.diag((v > 0) * 1.0)\n    v[:] = 0\n    return J")
    verdict = kernel.grade(GRADE, CHECK)
    assert verdict.points == 0.85
    assert "it changes v itself" in verdict.text()


@pytest.mark.parametrize(
    "closing",
    ["channel.close()", "os.close(channel.fileno())", "channel.shutdown(socket.SHUT_RDWR)"],
)
def test_closing_the_channel_costs_the_closer(
    session: Session, kernel: Kernel, closing: str
) -> None:
    kernel.run(TOOLS)
    kernel.run(closing)
    started = time.monotonic()
    verdict = kernel.grade(GRADE, CHECK)
    assert verdict.points == 0
    assert time.monotonic() - started < 3
    assert any("hung up" in note for note in verdict.notes)  # while its kernel lives
    with Kernel(session) as fresh:
        assert fresh.grade(HONEST, HONEST_CHECK).points == 1


def test_another_student_is_not_touched_by_a_flood(kernel: Kernel, judge) -> None:
    kernel.run(TOOLS)
    kernel.run(
        "def flood():\n    while True: channel.sendall(bytes(1 << 16))\n"
        "for _ in range(4): threading.Thread(target=flood, daemon=True).start()"
    )
    with judge.session(b"somebody else") as session, Kernel(session) as other:
        verdict = other.grade(HONEST, HONEST_CHECK)
    assert (verdict.points, verdict.notes) == (1, ())
    assert kernel.grade(GRADE, CHECK).points == 0


SPY = r"""
import gc, linecache, os, sys
found = []
def look(where, text):
    for word in WORDS:
        if word in text: found.append((where, word))
WORDS = ["the sides are " + "swapped", "_stay_the" + "_same", "WAYS_" + "BACK",
         "course_" + "secret", "the factor 2 is " + "missing"]
me = {id(WORDS), *map(id, WORDS)}
for thing in gc.get_objects():
    if id(thing) in me: continue
    if type(thing) is dict:
        for key, value in list(thing.items()):
            if type(value) is str and id(value) not in me: look("gc", value)
    elif type(thing) in (list, tuple):
        for value in thing:
            if type(value) is str and id(value) not in me: look("gc", value)
for name in list(linecache.cache): look("linecache", "".join(linecache.getlines(name)))
def frames(v):
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()) + list(frame.f_code.co_consts):
            if type(value) is str and id(value) not in me: look("frames", value)
        look("source", "".join(linecache.getlines(frame.f_code.co_filename)))
        frame = frame.f_back
    return v
for fd in os.listdir("/proc/self/fd"):
    try: look("descriptors", os.readlink("/proc/self/fd/" + fd))
    except OSError: pass
look("environment", repr(dict(os.environ)))
look("command line", open("/proc/self/cmdline").read())
modules = [name for name in sys.modules if name.startswith("autograder")]
"""


def test_nothing_hidden_is_in_the_kernel_to_be_read(kernel: Kernel) -> None:
    kernel.run("answer = lambda v: v")
    assert kernel.grade(GRADE, CHECK).points == 0
    assert kernel.run(SPY) == ""
    assert kernel.grade('grade("bias_factor_relu", frames)', CHECK).points == 0
    kernel.run("said = found")
    assert kernel.said == "[]"
    kernel.run("said = sorted(modules)")
    assert ast.literal_eval(kernel.said) == [
        "autograder",
        "autograder.judge",
        "autograder.judge.wire",
        "autograder.sandbox",
        "autograder.sandbox.objects",
        "autograder.sandbox.probe",
        "autograder.sandbox.random_numbers",
    ]
