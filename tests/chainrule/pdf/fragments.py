"""Strategies for fragments of notebooks: mostly syntax, which makes more trouble than letters."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.chainrule.pdf.notebooks import stream

# Tokens are divided by blanks here.
_MARKUP = r"""
    $ $$ \ \\ ` ``` * ** _ # - > | ~~ --- [ ] ( ) ![ ]( " & \( \) \[ \] \begin{align} \end{align}
    <b> </b> <div> </div> <pre> <li> <table><tr><td> <td/colspan=9> </table> <img/src=x>
    <!-- --> <![ <!a> <? <![CDATA[ ]]> <script> </ <svg
    <a/href='x'> &amp; &#0; &#xE000;0&#xE001; ](attachment:a) http://x.y #read(
    data:image/png;base64,
    … 漢 🇩🇪
"""
_WHITE = ["\n", "\n\n", " ", "    ", "\t", "\r", "~~~\n", "|-|-|\n", "- [x] ", "1. "]
_ODD = ["\x1b[31m", "\x08", "\x00", "\ue000", "\ue0001\ue001", "\uf800", "\u202e", "\ud800"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(_MARKUP.split()), st.sampled_from(_WHITE + _ODD), st.text(max_size=6)
    ),
    max_size=14,
).map("".join)
"""Markdown, HTML and terminal output, most of it broken."""

_ATOMS = r"""
    x 1 \alpha \sum \int \partial + = \, \! \; \& & \\ ' | \| \lim \quad \dots \foo \R # % \% \{ ~ ^
    _ { }
    \left( \right) \left. \right| \middle| \big( \not \limits \hline \nonumber \tag{1} \label{a} 
    \over \bf
    \color{red} \displaystyle \def\R#1{#1} \newcommand{\R}{x} \input{x} " \ / é 漢 ≤ @ $
"""
_COMMANDS = """
    frac sqrt text mathrm mathbb mathbf hat overline underbrace operatorname operatorname* overset
    underset binom boxed stackrel vec tilde xrightarrow substack cancel mathop phantom dfrac textbf
    mbox bm boldsymbol underline
"""
_ENVIRONMENTS = "aligned cases matrix pmatrix vmatrix Vmatrix array}{c|c align* split gather"


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    commands = st.sampled_from(_COMMANDS.split())
    environments = st.sampled_from(_ENVIRONMENTS.split())
    return st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        st.builds("\\{}{{{}}}".format, commands, inner),
        st.builds("\\{}{{{}}}{{{}}}".format, commands, inner, inner),
        st.builds("{{{}}}^{{{}}}".format, inner, inner),
        st.builds("{}_{}".format, inner, inner),
        st.builds("\\left( {} \\right]".format, inner),
        st.builds("\\left. {} \\right|".format, inner),
        st.builds(_environment, environments, inner, inner),
    )


def _environment(name: str, one: str, other: str) -> str:
    return rf"\begin{{{name}}} {one} & {other} \\ {other} \end{{{name.split('}')[0]}}}"


MATHS = st.recursive(st.sampled_from(_ATOMS.split()), _compound, max_leaves=12)
"""LaTeX maths, without its dollar signs; about half of it can be set."""

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)

_KINDS = """
    text/html text/latex text/markdown text/plain image/svg+xml image/png image/jpeg
    application/json application/vnd.jupyter.widget-view+json
"""
_BUNDLES = st.dictionaries(
    st.sampled_from(_KINDS.split()), TEXTS | MATHS.map("${}$".format) | JSON, min_size=1, max_size=3
)
OUTPUTS = st.one_of(
    st.builds(stream, TEXTS, st.sampled_from(["stdout", "stderr"])),
    st.fixed_dictionaries({"output_type": st.just("display_data"), "data": _BUNDLES}),
    st.fixed_dictionaries(
        {"output_type": st.just("error")},
        optional={
            "ename": TEXTS,
            "evalue": TEXTS,
            "traceback": st.lists(TEXTS, max_size=3) | JSON,
        },
    ),
)
"""Outputs of a code cell."""
