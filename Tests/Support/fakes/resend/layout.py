"""The frame of the stand-in's pages: head, style, policy."""

import html

from ..web import Answer, html_answer

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; " \
    "frame-ancestors 'none'"


def text(value: object) -> str:
    return html.escape(str(value), quote=True)


def page(title: str, content: str, status: int = 200) -> Answer:
    return html_answer(f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)} · Resend stand-in</title>
<style>{_STYLE}</style>
</head>
<body>
<header><a href="/"><strong>Resend stand-in</strong></a>
<span>Nothing here was sent to anybody.</span></header>
<main>{content}</main>
</body>
</html>
""", status, {
        "Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"})


_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --paper: #fff; --ink: #1b1f24; --quiet: #57606a; --line: #d5dae1;
  --link: #0b57c4; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1216; --paper: #181c22; --ink: #e8ebef; --quiet: #a3adb9;
  --line: #343b45; --link: #84b6ff; --good: #6fdc8c; --bad: #ff9aa6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .75rem 1.25rem;
  background: var(--paper); border-bottom: 1px solid var(--line); }
header a { color: inherit; text-decoration: none; }
header span, .quiet, .count, dt { color: var(--quiet); }
main { max-width: 64rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
input, button { font: inherit; padding: .45rem .75rem; border: 1px solid var(--quiet); border-radius: .4rem;
  background: var(--paper); color: inherit; }
input { flex: 1 1 14rem; max-width: 24rem; }
button { cursor: pointer; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line);
  border-radius: .6rem; }
.mails li { display: grid; grid-template-columns: 5fr 4fr 9rem 12.5rem; gap: .15rem 1rem; padding: .65rem .9rem;
  overflow-wrap: anywhere; }
.mails li + li { border-top: 1px solid var(--line); }
.mails time { color: var(--quiet); font-variant-numeric: tabular-nums; }
.state { white-space: nowrap; font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.empty { padding: 2rem; text-align: center; background: var(--paper); border: 1px dashed var(--line);
  border-radius: .6rem; }
nav { display: flex; gap: 1rem; margin-top: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; padding: .9rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 28rem; resize: vertical; overflow: auto; background: #fff;
  color-scheme: light; border: 1px solid var(--line); border-radius: .6rem; }
pre { margin: 0; padding: .9rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper);
  border: 1px solid var(--line); border-radius: .6rem; font: .9rem/1.5 ui-monospace, monospace; }
@media (max-width: 52rem) { .mails li { grid-template-columns: 1fr auto; }
  .mails time, .mails a { grid-column: 1 / -1; } }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
"""
