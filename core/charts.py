"""Charts as SVG, drawn on the server: one picture for page and PDF.

lets-plot's own style sheet, inline styles and random ids are rewritten: the page's content security
policy forbids the first two, and equal numbers should give equal bytes. What remains are attributes
in the light colours, which a PDF prints, and classes, by which the stylesheet recolours the page.
Each chart is drawn twice, wide and small, so that its letters can be read on a phone.
"""

import re
from collections.abc import Callable, Sequence
from functools import reduce
from operator import add
from typing import Any
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

from core.templatetags.ui import SHADES, shade

Rows = Sequence[tuple[str, float]]

SVG = "http://www.w3.org/2000/svg"
INK, INK_2, RULE, CARD = "#1c1f23", "#565c64", "#dedbd4", "#ffffff"
CLASSES = {**SHADES, "ink": INK, "ink-2": INK_2, "rule": RULE, "cut": CARD}
CLASS_OF = {
    f"rgb({','.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})": (name, colour)
    for name, colour in CLASSES.items()
}
SIZES = {"wide": (760, 260, 13), "small": (340, 220, 5)}  # width, height, names along the x axis
LINES = [("s7", "solid"), ("s5", "dashed"), ("ink", "dotted")]


def bars(rows: Rows, *, label: str, line: Sequence[float] = ()) -> SafeString:
    """Draw one bar for each row and, over them, a stepped line with one number for each of them."""

    def layers(plot: Any) -> Any:
        bar = plot.geom_bar(
            plot.aes("x", "y"),
            data={"x": [*range(len(rows))], "y": [number for _, number in rows]},
            stat="identity",
            fill=CLASSES["s5"],
            width=0.8,
            size=0,
        )
        if not line:
            return bar
        # A step begins where its bar's share of the axis does, half a unit before the bar's middle.
        edges = {"x": [at - 0.5 for at in range(len(line) + 1)], "y": [*line, line[-1]]}
        return bar + plot.geom_step(plot.aes("x", "y"), data=edges, color=INK, size=1.2)

    return _draw([name for name, _ in rows], layers, label=label)


def lines(names: Sequence[str], series: Sequence[Sequence[float]], *, label: str) -> SafeString:
    """Draw up to three lines, told apart by colour and by dashes, over names along the x axis."""

    def layers(plot: Any) -> Any:
        drawn = [
            plot.geom_line(
                plot.aes("x", "y"),
                data={"x": [*range(len(numbers))], "y": [*numbers]},
                color=CLASSES[colour],
                linetype=dash,
                size=1.2,
            )
            for numbers, (colour, dash) in zip(series, LINES, strict=False)
        ]
        return reduce(add, drawn)

    return _draw(names, layers, label=label)


def stacked(
    rows: Sequence[tuple[str, Sequence[float]]], *, parts: Sequence[str], label: str
) -> SafeString:
    """Draw for each row one bar of its parts in the colours of `{% key parts %}`, last on top."""

    def layers(plot: Any) -> Any:
        flat = [
            (at, number, part)
            for at, (_, numbers) in enumerate(rows)
            for part, number in zip(parts, numbers, strict=True)
        ]
        data = dict(zip(["x", "y", "part"], map(list, zip(*flat, strict=True)), strict=True))
        colours = [CLASSES[shade(index, len(parts))] for index in range(len(parts))]
        return plot.geom_bar(
            plot.aes("x", "y", fill="part"),
            data=data,
            stat="identity",
            width=0.8,
            color=CARD,
            size=0.5,
        ) + plot.scale_fill_manual(values=colours, breaks=list(parts))

    return _draw([name for name, _ in rows], layers, label=label)


def _draw(names: Sequence[str], layers: Callable[[Any], Any], *, label: str) -> SafeString:
    if not names:
        return SafeString()
    import lets_plot as plot  # noqa: PLC0415 -- takes a fifth of a second, and few processes draw

    drawn = []
    for size, (width, height, most) in SIZES.items():
        breaks = [*range(0, len(names), -(-len(names) // most))]
        picture = (
            plot.ggplot()
            + layers(plot)
            + plot.scale_x_continuous(
                breaks=breaks, labels=[names[at] for at in breaks], expand=[0, 0.2]
            )
            + plot.ggsize(width, height)
            + _theme(plot)
        )
        drawn.append(_rewritten(picture.to_svg(), label=label, size=size))
    return mark_safe("".join(drawn))  # noqa: S308 -- ElementTree has escaped what came from outside


def _theme(plot: Any) -> Any:
    return plot.theme_minimal() + plot.theme(
        axis_title="blank",
        legend_position="none",
        panel_grid_major_x="blank",
        panel_grid_minor="blank",
        panel_grid_major_y=plot.element_line(color=RULE, size=1),
        axis_text=plot.element_text(color=INK_2, size=13),
        axis_text_x=plot.element_text(angle=0, margin=[5, 0, 0, 0]),
        plot_margin=0,
        plot_inset=[8, 16, 2, 2],
    )


def _rewritten(svg: str, *, label: str, size: str) -> str:
    """Keep of lets-plot's SVG what may stand in a page: no style, no id, few decimals."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 -- written by lets-plot, just now
    box = f"0 0 {float(root.attrib['width']):g} {float(root.attrib['height']):g}"
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{{{SVG}}}style", f"{{{SVG}}}defs"} or _is_background(child):
                parent.remove(child)
    for element in root.iter():
        _clean(element)
    root.attrib.clear()
    root.attrib.update(
        {"class": f"plot {size}", "viewBox": box, "role": "img", "aria-label": label}
    )
    return ElementTree.tostring(root, encoding="unicode")


def _is_background(element: ElementTree.Element) -> bool:
    """Tell the sheet and its frame from what is drawn: only they are closed paths."""
    return element.tag == f"{{{SVG}}}path" and element.attrib["d"].rstrip().endswith("Z")


def _clean(element: ElementTree.Element) -> None:
    element.text, element.tail = (element.text or "").strip(), ""
    old = dict(element.attrib)
    element.attrib.clear()
    classes = []
    for name, value in old.items():
        if name in {"fill", "stroke"} and value in CLASS_OF:
            css, colour = CLASS_OF[value]
            classes.append(f"{name}-{css}")
            element.set(name, colour)
        elif name in {"transform", "d"} or re.fullmatch(r"-?\d+\.\d+", value):
            element.set(name, re.sub(r"-?\d+\.\d+", lambda hit: f"{float(hit[0]):.4g}", value))
        elif name not in {
            "id",
            "style",
            "class",
            "clip-path",
            "clip-bounds-jfx",
            "buffered-rendering",
        }:
            element.set(name, value)
    if element.tag == f"{{{SVG}}}text":
        element.attrib.update({"fill": INK_2, "font-size": "14", "font-family": "Source Sans Pro"})
    if classes:
        element.set("class", " ".join(classes))
