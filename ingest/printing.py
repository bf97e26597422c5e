"""Prints guides as PDF with Chromium, as a chamber would hand them out: `make documents`, or
python -m ingest.printing corpus/guides/<topic>/<slug>.<language>.md …

Needs Debian's chromium and fonts-noto-core. Each PDF comes with the sidecar that names its publisher and date.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import yaml

from advisor.errors import IngestError, MurshidError
from ingest.guide_checking import Guide, read_guide
from ingest.sections import Section

PRINTED = (
    "corpus/guides/origin/proofs-of-origin-eu-uk.fr.md",
    "corpus/guides/operation/exporters-file-portnet.ar.md",
)
_STYLE = """
@page { size: A4; margin: 22mm 20mm; }
body { font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Serif", serif; font-size: 11.5pt; line-height: 1.6; }
h1 { font-size: 18pt; } h2 { font-size: 13pt; margin: 1.2em 0 .3em; break-after: avoid; } li { margin-bottom: .3em; }
.date { color: #555; font-size: 10pt; }
"""
_DATED = {
    "fr": "Vérifié le {verified_on}, à revoir avant le {review_by}. Les sources de chaque phrase sont données par Murshid.",
    "ar": "تم التحقق منه في {verified_on}، ويُراجَع قبل {review_by}. يعطي مرشد مصادر كل جملة.",
}


def guide_html(guide: Guide) -> str:
    """The guide as a page to print, without its citation marks."""
    direction = "rtl" if guide.language == "ar" else "ltr"
    title = escape(str(guide.front["title"]))
    dated = escape(_DATED[guide.language].format(**guide.front))
    body = "".join(_section_html(guide, section) for section in guide.sections)
    return (
        f'<!doctype html><html lang="{guide.language}" dir="{direction}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p class=date>{dated}</p>{body}</body></html>"
    )


def _section_html(guide: Guide, section: Section) -> str:
    html = f"<h2>{escape(section.heading)}</h2>"
    tag = ""
    for block in section.blocks:
        wanted = "ul" if block.item == "-" else "ol" if block.item else ""
        if wanted != tag:
            html += f"</{tag}>" * bool(tag) + f"<{wanted}>" * bool(wanted)
            tag = wanted
        text = escape(" ".join(sentence.text for sentence in guide.sentences(Section("", (block,)))))
        html += f"<li>{text}</li>" if tag else f"<p>{text}</p>"
    return html + f"</{tag}>" * bool(tag)


def print_guide(path: Path, folder: Path) -> Path:
    """Writes the PDF of a guide and its sidecar into `folder`; returns the PDF's path. Raises IngestError without Chromium."""
    chromium = shutil.which("chromium")
    if not chromium:
        raise IngestError("Chromium is needed to print guides: apt-get install chromium fonts-noto-core")
    guide = read_guide(path)
    target = folder / f"{guide.front['id']}.{guide.language}.pdf"
    with tempfile.TemporaryDirectory() as work:
        page = Path(work) / "guide.html"
        page.write_text(guide_html(guide), encoding="utf-8")
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={work}/profile"]
        subprocess.run([*command, f"--print-to-pdf={target.resolve()}", page.as_uri()], check=True, capture_output=True, timeout=120)
    sidecar = {
        "title": str(guide.front["title"]),
        "publisher": "Murshid",
        "date": guide.front["verified_on"].isoformat(),
        "language": guide.language,
        "topic": guide.front["topic"],
        "markets": guide.front["markets"],
        "products": guide.front["products"],
        "review_by": guide.front["review_by"].isoformat(),
    }
    target.with_name(target.name + ".yaml").write_text(yaml.safe_dump(sidecar, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


if __name__ == "__main__":
    try:
        for argument in sys.argv[1:] or PRINTED:
            print(print_guide(Path(argument), Path("corpus/documents")))
    except MurshidError as error:
        sys.exit(str(error))
