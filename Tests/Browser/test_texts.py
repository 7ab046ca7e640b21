"""The dashboard's files taken by themselves: complete in both languages, and nothing that the policy forbids."""

import re
from pathlib import Path

WWW = Path(__file__).resolve().parents[2] / "nginx" / "www"
SCRIPTS = sorted((WWW / "js").rglob("*.js"))
KEY = re.compile(r'^  "([\w.]+)": (.*?)(?=^  "|^};)', re.MULTILINE | re.DOTALL)


def texts(locale: str) -> dict[str, str]:
    return dict(KEY.findall((WWW / "js" / "locales" / f"{locale}.js").read_text()))


def test_both_languages_have_the_same_keys_and_placeholders():
    german, english = texts("de"), texts("en")
    assert german.keys() == english.keys()
    for key, text in german.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), key


def test_every_text_asked_for_exists_and_every_text_is_asked_for():
    source = "".join(path.read_text() for path in SCRIPTS if path.parent.name != "locales")
    known = texts("en")
    asked = set(re.findall(r'\bt\("([\w.]+)"', source))
    assert not asked - known.keys()
    # Keys are also built ("nav.${name}") or handed on as strings ("row.edit").
    patterns = [re.compile(re.sub(r"\\\$\\\{.*?\\\}", r"\\w+", re.escape(built)))
                for built in re.findall(r"`([\w.]+\$\{[^`]*\}\w*)`", source)]
    patterns.append(re.compile(r"(state|block|sessions)\.\w+"))
    quoted = set(re.findall(r'"([\w.]+)"', source))
    unused = [key for key in known if key not in quoted and not any(p.fullmatch(key) for p in patterns)
              and not re.match(r"(problem|field)\.", key)]
    assert not unused


def test_no_script_makes_markup_of_text():
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    for path in SCRIPTS:
        assert not markup.search(path.read_text()), path


def test_page_brings_nothing_inline_and_nothing_foreign():
    page = (WWW / "index.html").read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?://", page)
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', page):
        assert (WWW / address.lstrip("/")).is_file(), address
    for path in SCRIPTS:
        for name in re.findall(r'^import .*? from "(.*?)";', path.read_text(), re.MULTILINE):
            assert name.startswith(".") and (path.parent / name).resolve().is_file(), (path, name)


def test_page_asks_for_all_modules_at_once():
    page = (WWW / "index.html").read_text()
    named = re.findall(r'<(?:link rel="modulepreload" href|script type="module" src)="/([^"]+)"', page)
    assert sorted(named) == sorted(path.relative_to(WWW).as_posix() for path in SCRIPTS)
