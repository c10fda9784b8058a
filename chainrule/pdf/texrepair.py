r"""What pandoc 3.9 and Typst 0.15 make of LaTeX maths, put right.

Measured, each line by a test: `\!` comes out as a whole em backwards ("a\!b"
prints as "ba"), `\;` as nothing, `\&` as an alignment point; a fraction in a
fraction as `1 / 2 / 3`, which Typst reads from the left; `\overset`,
`\underset` and `\operatorname*` lose their limits; columns of cases touch, and
array and matrix lose theirs; `\left(` may stay open without a word; and pandoc
writes symbol names that Typst has since renamed.

`before` works on TeX, `after` on the Typst code. What must survive the way
through pandoc travels as one private-use character, which TeX maths takes for
an ordinary letter both inside and outside of `\text{…}`.
"""

from __future__ import annotations

import re

DEEPEST = 12
"""Braces within braces. pandoc takes 16 times as long for every four more: 2.4 s at 18."""

SEPARATOR = "\uf8fe"
"""Stands between the fragments of a batch."""

_NEG, _THICK, _AMP, _COMMA, _OPERATOR, _LIMITS = "\uf800\uf801\uf802\uf803\uf804\uf805"
_OVER, _UNDER, _EVAL, _ROW, _GAP, _MATRIX, _VLINE = "\uf806\uf807\uf808\uf809\uf80a\uf80b\uf80c"
_LEFT, _RIGHT, _RULE, _FRAC, _DFRAC, _REVERSED = "\uf80d\uf80e\uf80f\uf810\uf811\uf812"
_MARKS = re.compile("[\uf800-\uf8ff]")

_MACRO = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\s*\\[A-Za-z]+\s*\}?\s*(?:\[\d\])?(?:\[[^\]]*\])?\s*\{"
    r"|\\DeclareMathOperator\*?\s*\{?\s*\\[A-Za-z]+\s*\}?\s*\{"
)
_DEF = re.compile(r"\\def\s*(\\[A-Za-z]+)\s*((?:#\d)*)\s*\{")
_ARRAY = re.compile(
    r"(\\left\s*(?:\\[{|]|[.({\[|]|\\[a-zA-Z]+)\s*)?\\begin\{array\}\s*(?:\[.\])?\{([^{}]*)\}"
)
_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
_SIDE_CASES = re.compile(
    r"\\left\s*\\\{\s*\\begin\{(array\}\{[^{}]*|aligned|matrix|split)\}(.*?)"
    r"\\end\{(?:array|aligned|matrix|split)\}\s*\\right\s*\.",
    re.DOTALL,
)
# Environments in which every second & divides columns, and the others align.
_ALIGNED = re.compile(
    r"(\\begin\{(align|aligned|flalign)(\*?)\})((?:(?!\\begin)[\s\S])*?)(?=\\end\{\2\3\})"
)
_EVALUATED = re.compile(
    r"\\left\s*\.((?:(?!\\left|\\right).)*?)\\right\s*(?:\\vert|\\rvert|\|)", re.DOTALL
)


def fault(source: str) -> str | None:
    r"""What pandoc would let pass and must not: `\left` and `\right` that do not pair."""
    left = len(re.findall(r"\\left(?![a-zA-Z])", source))
    right = len(re.findall(r"\\right(?![a-zA-Z])", source))
    if left != right:
        return rf"\left occurs {left} times and \right {right} times"
    if _depth(source) > DEEPEST:
        return f"it is nested more than {DEEPEST} deep"
    if len(source) > 20_000:
        return "it is longer than 20,000 characters"
    return None


def macros(source: str) -> list[str]:
    r"""The definitions (`\newcommand` and its kin) in a repaired fragment."""
    found = []
    for start in _MACRO.finditer(source):
        end = _closing(source, start.end() - 1)
        if end is not None:
            found.append(source[start.start() : end + 1])
    return found


def before(source: str, display: bool = False) -> str:
    """TeX in which nothing is left that pandoc corrupts."""
    tex = re.sub(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?", r"\1", source)
    tex = _DEF.sub(_newcommand, tex)
    for pattern, replacement in _REWRITES:
        tex = pattern.sub(replacement, tex)
    tex = _ALIGNED.sub(_spaced_columns, tex)
    tex = _SIDE_CASES.sub(r"\\begin{cases}\2\\end{cases}", tex)
    tex = _CASES.sub(_spaced_cases, tex)
    tex = _ARRAY.sub(_aligned_array, tex).replace(r"\end{array}", r"\end{pmatrix}")
    tex = re.sub(r"\\begin\{(?:small)?matrix\}", rf"\\begin{{pmatrix}}{_MATRIX} ", tex)
    tex = re.sub(r"\\end\{(?:small)?matrix\}", r"\\end{pmatrix}", tex)
    tex = _EVALUATED.sub(rf"\\binom{{{_EVAL}\1}}{{1}}", tex)
    tex = re.sub(r"\\(\\|[!;&])", _control_symbol, tex)
    return _outer(tex, display)


def _newcommand(found: re.Match[str]) -> str:
    count = found[2].count("#")
    return rf"\newcommand{{{found[1]}}}" + (f"[{count}]" if count else "") + "{"


_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (
            r"\\mathop\s*\{\s*\\(?:mathrm|text|textrm|rm|operatorname)\s*\{([^{}]*)\}\s*\}",
            r"\\operatorname*{\1}",
        ),
        (r"\\operatorname\s*\*\s*\{", rf"\\operatorname{{{_LIMITS}"),
        (rf"\\operatorname\s*\{{(?!{_LIMITS})", rf"\\operatorname{{{_OPERATOR}"),
        (r"\\mathrm\s*\{\s*([A-Za-z]{2,})\s*\}", r"\\text{\1}"),
        (r"\\(?:overset|stackrel)\s*\{", rf"\\binom{{{_OVER} "),
        (r"\\underset\s*\{", rf"\\binom{{{_UNDER} "),
        (r"\\tfrac(?![A-Za-z])", r"\\frac"),
        (r"\\[dc]frac\s*\{", rf"\\binom{{{_DFRAC} "),
        (r"\\[dc]frac\s*([0-9A-Za-z]|\\[A-Za-z]+)", rf"\\binom{{{_DFRAC}\1}}"),
        (r"\\frac\s*\{", rf"\\binom{{{_FRAC} "),
        (r"\\frac\s*([0-9A-Za-z]|\\[A-Za-z]+)", rf"\\binom{{{_FRAC}\1}}"),
        (r"\\Bbb(?![A-Za-z])", r"\\mathbb"),
        (r"\{dcases\}", "{cases}"),
        (r"\\begin\{d?rcases\}", rf"\\begin{{cases}}{_REVERSED} "),
        (r"\\end\{d?rcases\}", r"\\end{cases}"),
        (
            r"(\\begin\{(?:aligned|gathered|alignedat|split|\w*matrix\*)\})\s*\[[tbclr]\]",
            r"\1",
        ),
        (r"\\\\\s*\\hline\s*(?=\\end\{)", " "),
        (r"\\underrightarrow\s*\{", rf"\\binom{{{_UNDER} \\rightarrow}}{{"),
        (r"\\underleftarrow\s*\{", rf"\\binom{{{_UNDER} \\leftarrow}}{{"),
        (r"\\hbox\s*\{", r"\\text{"),
        (r"\\fbox\s*\{([^{}]*)\}", r"\\boxed{\\text{\1}}"),
        (r"\\hphantom\s*\{", r"\\phantom{"),
        (r"\\mathnormal\s*\{", "{"),
        (r"\{([^{}]*)\\atop(?![A-Za-z])([^{}]*)\}", r"\\begin{matrix}\1\\\\\2\\end{matrix}"),
        (r"\\S(?![A-Za-z])", r"\\text{§}"),
        (r"\\bra\s*\{([^{}]*)\}", r"\\langle \1|"),
        (r"\\ket\s*\{([^{}]*)\}", r"|\1\\rangle "),
        (r"\\braket\s*\{([^{}]*)\}", r"\\langle \1\\rangle "),
        (r"\\begin\{Vmatrix\}", r"\\left\\Vert\\begin{matrix}"),
        (r"\\end\{Vmatrix\}", r"\\end{matrix}\\right\\Vert "),
        (r"\{\s*\\(bf|rm|it|cal|sf|tt)\s+([^{}]*)\}", r"\\math\1{\2}"),
        (r"\\(bf|cal|rm)\s*\{", r"\\math\1{"),
        (r"\\(bf|cal|rm|it|sf|tt)\s+([A-Za-z])(?![A-Za-z])", r"\\math\1{\2}"),
        (r"\{([^{}]*)\\over(?![A-Za-z])([^{}]*)\}", rf"\\binom{{{_FRAC}\1}}{{\2}}"),
        (r"^([^{}&]*)\\over(?![A-Za-z])([^{}&]*)$", rf"\\binom{{{_FRAC}\1}}{{\2}}"),
        (r"\\(?:textcolor|color)\s*\{[^{}]*\}", ""),
        (r"\\require\s*\{[^{}]*\}", ""),
        (r"\\label\s*\{[^{}]*\}", ""),
        (
            r"\\(?:no(?:number|tag)|displaystyle|textstyle|limits|nolimits|mathstrut|strut"
            r"|small|large|Large|normalsize|footnotesize|allowbreak|boldmath)(?![A-Za-z])",
            "",
        ),
        (r"\\(?:smash|vphantom)\s*\{", "{"),
        (r"\\hfill(?![A-Za-z])", r"\\quad "),
        (r"\\(?:eq)?ref\s*\{([^{}]*)\}", r"\\text{(\1)}"),
        (
            r"\\m?(?:kern|skip)\s*(-?)[0-9.]+\s*(?:mu|em|ex|pt)",
            lambda found: _NEG if found[1] else r"\,",
        ),
        (r"(?<!\\)\\\|", r"\\Vert "),
        (r"(?<=\d)\{,\}(?=\d)", _COMMA),
        # TeX's text mode would swallow the space after these.
        (r"\\([%$#_])(?=[ ])", r"\\\1{}"),
    )
)
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")


def _spaced_cases(found: re.Match[str]) -> str:
    body = found[1]
    if r"\begin" in body:
        return found[0]
    rows = re.split(r"\\\\(?:\[[^\]]*\])?", body)
    # pandoc takes rows of one column for no cases, but for a brace before the first of them.
    alone = "" if re.search(r"(?<!\\)&", body) else " & {}"
    marked = [
        f"{_ROW} " + re.sub(r"(?<!\\)&", f"&{_GAP} ", row) + alone for row in rows if row.strip()
    ]
    return r"\begin{cases}" + r" \\ ".join(marked) + r"\end{cases}"


def _spaced_columns(found: re.Match[str]) -> str:
    rows = []
    for row in found[4].split(r"\\"):
        first, *rest = re.split(r"(?<!\\)&", row)
        gaps = (r"&\quad " if at % 2 else "&" for at in range(len(rest)))
        rows.append(first + "".join(gap + cell for gap, cell in zip(gaps, rest, strict=True)))
    return found[1] + r"\\".join(rows)


def _aligned_array(found: re.Match[str]) -> str:
    spec = re.sub(r"[^lcr|]", "", found[2])
    letters = spec.replace("|", "")
    align = {"l": _LEFT, "r": _RIGHT}.get(letters[:1], "") if len(set(letters)) == 1 else ""
    # The column after which each rule stands, counted in marks; Typst's mat takes them so.
    rules = "".join(
        _VLINE * len(spec[:place].replace("|", "")) + _RULE
        for place, char in enumerate(spec)
        if char == "|" and 0 < len(spec[:place].replace("|", "")) < len(letters)
    )
    marks = " ".join(_MATRIX + align + rules)
    return (found[1] or "") + rf"\begin{{pmatrix}}{marks} "


def _control_symbol(found: re.Match[str]) -> str:
    return {"!": _NEG, ";": _THICK, "&": _AMP}.get(found[1], found[0])


def _outer(tex: str, display: bool) -> str:
    r"""Allow `\\` and `&` outside of any environment, as MathJax does in a display."""
    tags = _TAG.findall(tex)
    if len(tags) > 1 and display:
        return _TAG.sub(r"\\qquad\\text{(\1)}", tex)
    tex = _TAG.sub("", tex)
    if tags and display:
        tex += r"\qquad\text{" + ", ".join(f"({tag})" for tag in tags) + "}"
    bare = re.sub(r"\\begin\{([a-z]+\*?)\}.*?\\end\{\1\}", "", tex, flags=re.DOTALL)
    if r"\\" in bare:
        return r"\begin{aligned}" + tex.strip().removesuffix(r"\\") + r"\end{aligned}"
    return tex


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text[opening:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return opening + found.start()
    return None


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


# Names that pandoc 3.9 writes and Typst 0.15 knows by another name.
_RENAMED = (
    (re.compile(r"\bplanck\.reduce\b"), "ℏ"),
    (re.compile(r"\bangle\.oblique\b"), "⦦"),
    (re.compile(r"\bintegral\.sect\b"), "integral.inter"),
    (re.compile(r"\bsect\b"), "inter"),
    (re.compile(r"\b(?!nothing|errorbar)([a-z]+(?:\.[a-z]+)*)\.circle\b"), r"\1.o"),
    (re.compile(r"\b(bracket|shell|brace|paren)\.([lr])\.double\b"), r"\1.\2.stroked"),
    (re.compile(r"\bangle\.right\.sq\b"), "angle.right.square"),
    (re.compile(r"\bangle\.spheric\.top\b"), "angle.spheric.t"),
    (re.compile(r"\bquote\.angle\.l\.double\b"), '"«"'),
    (re.compile(r"\bquote\.angle\.r\.double\b"), '"»"'),
    (re.compile(r"\bquote\.angle\.l\.single\b"), '"‹"'),
    (re.compile(r"\bquote\.angle\.r\.single\b"), '"›"'),
    (re.compile(r"\bgimmel\b"), "gimel"),
    (re.compile(r"\bshin\b"), '"ש"'),
    (re.compile(r"\bfranc\b"), '"₣"'),
    (re.compile(r"\bKai\b"), '"Ϗ"'),
    (re.compile(r"\bkai\b"), '"ϗ"'),
)
# Letters and pictures that are no maths: as text they get a font, or a name in its place.
_FOREIGN = re.compile(
    "[\u0400-\u1fff\u2600-\u27bf\u2b00-\ud7ff\uf900-\ufdff\ufe20-\uffff\U0001f000-\U0010ffff]+"
)
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")')
_WORD = r'(?:(?:upright|bold|italic|mono|sans)\()+"(?:[^"\\]|\\.)*"\)+'
_MAT = re.compile(rf'mat\(delim: "\(", {_MATRIX} ?((?:[{_LEFT}{_RIGHT}{_VLINE}{_RULE}] ?)*)')
_VEC = re.compile(rf"vec\({_MATRIX} ?([{_LEFT}{_RIGHT}]?) ?")
_REVERSED_CASES = re.compile(rf'cases\(delim: "\{{", (?={_ROW} {_REVERSED})')
# Typst knows these accents by their names alone.
_ARROWS = {"\u20d7": "arrow", "\u20d6": "arrow.l"}
_ACCENT = re.compile(", ([\u20d6\u20d7])\\)")
_SCALE = re.compile(r"#scale\(x: ([0-9]+)%, y: [0-9]+%\)\[((?:\\.|[^\]\\])+?)\]")


def after(code: str) -> str:
    """Typst maths with the marks of `before` resolved and the renamed symbols renamed."""
    code = _MAT.sub(_matrix, code)
    code = _VEC.sub(lambda one: f"vec(delim: #none{_alignment(one[1])}, ", code)
    code = code.replace('delim: "||"', 'delim: "|"')
    code = _REVERSED_CASES.sub('cases(delim: "{", reverse: #true, ', code)
    code = _ACCENT.sub(lambda one: f", {_ARROWS[one[1]]})", code)
    code = _SCALE.sub(_sized, code)
    code = code.replace("box(stroke: black", "box(stroke: 0.5pt")
    code = "".join(
        _string(part) if part.startswith('"') else _maths(part) for part in _STRING.split(code)
    )
    code = _MARKS.sub("", code)
    # Typst sets a space beside a word as a gap; in TeX it means nothing. An empty
    # string keeps the names apart instead.
    return re.sub(rf"(?<=[^ ,;($]) +(?={_WORD})|({_WORD}) +(?=[^ ,;)&$])", r'\1""', code)


def _matrix(found: re.Match[str]) -> str:
    marks = found[1].replace(" ", "")
    options = "delim: #none"
    options += _alignment(marks[:1])
    rules = [str(mark.count(_VLINE)) for mark in marks.split(_RULE)[:-1]]
    if rules:
        options += f", augment: #(vline: ({', '.join(rules)},))"
    return f"mat({options}, "


def _alignment(mark: str) -> str:
    return {_LEFT: ", align: #left", _RIGHT: ", align: #right"}.get(mark, "")


def _sized(found: re.Match[str]) -> str:
    fence = "\\" + found[2] if found[2] in "{}" else found[2]
    # TeX's sizes are fixed ones; Typst's percentages are of the fence's own height.
    return f"lr({fence}, size: #{int(found[1]) / 100:g}em)"


def _string(part: str) -> str:
    text = part.replace(_NEG, "").replace(_THICK, " ").replace(_AMP, "&").replace(_COMMA, ",")
    text = text.replace("\u2006", "\u2009")
    for mark, limits in ((_LIMITS, ", limits: #true"), (_OPERATOR, "")):
        if text.startswith('"' + mark):
            return f"op({text.replace(mark, '')}{limits})"
    return text


def _maths(part: str) -> str:
    part = part.replace(_NEG, "#h(-0.1667em)").replace(_THICK, "thick").replace(_AMP, r"\&")
    part = part.replace(_COMMA, r'class("normal", \,)')
    part = _FOREIGN.sub(r'"\g<0>"', part)
    part = re.sub(rf"binom\({_OVER} ?", "over(", part)
    part = re.sub(rf"binom\({_UNDER} ?", "under(", part)
    part = re.sub(rf"binom\({_EVAL} ?", "evaluated(", part)
    part = re.sub(rf"binom\({_FRAC} ?", "frac(", part)
    part = re.sub(rf"binom\({_DFRAC} ?", "dfrac(", part)
    part = re.sub(rf"& {_GAP} ?", "&& quad ", part)
    part = re.sub(rf"{_ROW} ?", "& ", part)
    # Typst sets spaces around a bar as gaps; in TeX they mean nothing.
    part = re.sub(r" *\\\| *", r"\\|", part)
    part = re.sub(r" *\bbar\.v\.double(?![a-z.]) *", "‖", part)
    for pattern, name in _RENAMED:
        part = pattern.sub(name, part)
    return part
