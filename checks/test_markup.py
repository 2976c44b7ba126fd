"""The markup and the style sheets, as the standards' own readers see them."""

import json
import subprocess
from collections import Counter

from checks.conftest import NODE_MODULES, tool
from checks.crawl import HTML, read_pages
from run import ROOT

VALIDATOR = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
STYLE_SHEETS = sorted(
    path for path in ROOT.glob("*/static/**/*.css") if "node_modules" not in path.parts
) + sorted(ROOT.glob("foundation/*/static/**/*.css"))


def test_nu_html_checker_finds_no_error_on_any_page(record_property) -> None:
    java = tool("java")
    tool("node")
    pages = {page.file: page.path for page in read_pages()}
    command = [java, "-Xss4m", "-jar", str(VALIDATOR), "--format", "json", "--stdout"]
    options = ["--exit-zero-always", "--no-langdetect", "--skip-non-html", str(HTML)]
    answer = subprocess.run([*command, *options], capture_output=True, text=True, timeout=900)
    assert answer.returncode == 0, answer.stderr
    messages = json.loads(answer.stdout)["messages"]
    found = [
        f"{pages[message['url'].rpartition('/')[2]]}: {message['message']} – "
        f"{message.get('extract', '').strip()[:120]}"
        for message in messages
        if message["type"] != "info"
    ]
    record_property("pages", len(pages))
    record_property("html_errors", len(found))
    warnings = Counter(one["message"] for one in messages if one.get("subType") == "warning")
    record_property("html_warnings", sum(warnings.values()))
    for message, count in warnings.most_common():
        print(f"warning on {count} pages: {message}")
    assert not found, f"{len(found)} errors\n" + "\n".join(found[:40])


def test_style_sheets_are_valid(record_property) -> None:
    node = tool("node")
    script = NODE_MODULES.parent / "css.mjs"
    command = [node, str(script), *map(str, STYLE_SHEETS)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    record_property("style_sheets", len(STYLE_SHEETS))
    record_property("css_errors", len(found))
    assert STYLE_SHEETS
    assert not found, "\n".join(found)


def test_style_sheet_with_a_mistake_is_found(tmp_path) -> None:
    node = tool("node")
    path = tmp_path / "wrong.css"
    path.write_text("p { colour: red; border-block: 0 2px }")
    script = NODE_MODULES.parent / "css.mjs"
    answer = subprocess.run([node, str(script), str(path)], capture_output=True, text=True)
    assert len(json.loads(answer.stdout)) == 2
