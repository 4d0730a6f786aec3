"""The page as a file: nothing from elsewhere, nothing that a name could break, small."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rig.page.bundle import order, script, static, style
from rig.page.html import as_json, page
from tests.rig.page.shop import EVIL

NAMES = re.compile(r"^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def policy_of(text: str) -> str:
    metas = [told for tag, told in Elements(text).found if tag == "meta"]
    return next(told["content"] or "" for told in metas if told.get("http-equiv") == "Content-Security-Policy")


def test_nothing_on_the_page_comes_from_elsewhere(wrong_page: Path) -> None:
    text = wrong_page.read_text()
    for tag, told in Elements(text).found:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            assert (told.get(name) or "data:").startswith(("data:", "#")), (tag, told)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text.replace("https://evil.example/x", ""))
    assert not re.search(r"@import|url\(", style())


def test_the_policy_lets_in_this_script_and_this_style_and_no_connection(wrong_page: Path) -> None:
    policy = policy_of(wrong_page.read_text())
    for kind, text in (("script", script()), ("style", style())):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "connect-src 'self'" in policy_of(page("x", [], "events"))


def test_names_from_a_recording_stay_data(wrong_page: Path) -> None:
    text = wrong_page.read_text()
    assert EVIL not in text
    assert [tag for tag, _ in Elements(text).found].count("script") == 2
    assert "img" not in [tag for tag, _ in Elements(text).found]
    data = re.search(r'<script type="application/json" id="run">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])[0]["store"]["products"]["cola"] == EVIL


@pytest.mark.parametrize("name", ["</script>", "<!--", "a\u2028b", "{{script}}", "\\u003c", '"', "&amp;"])
def test_any_text_is_read_back_as_it_was(name: str) -> None:
    told = as_json({"name": name})
    assert not set("<>&\u2028") & set(told)
    assert json.loads(told) == {"name": name}
    assert page(name, [{"name": name}]).count("<script") == 2


def test_modules_come_after_those_they_need_and_share_no_name() -> None:
    names = order()
    assert names[-1] == "main.js"
    counts = Counter(found for name in names for found in NAMES.findall(static(name)))
    assert [name for name, count in counts.items() if count > 1] == []
    assert not re.search(r"^(import|export) ", script(), re.MULTILINE)
    assert "</script" not in script()
    written = {path.name for path in (Path(__file__).parents[3] / "rig/page/static").glob("*.js")}
    assert written == set(names)


def test_modules_that_need_one_another_are_refused() -> None:
    texts = {"main.js": 'import { a } from "./b.js";\n', "b.js": 'import { c } from "./main.js";\n'}
    with pytest.raises(ValueError, match=r"main\.js -> b\.js -> main\.js"):
        order(texts.__getitem__)


def test_the_page_without_pictures_is_small() -> None:
    assert len(page("x", []).encode()) < 80_000
