"""What a reader of the rehearsed site must get: rehearsal_checks.py http://127.0.0.1:PORT (code 1: no)."""

import re
import sys
import urllib.error
import urllib.request
from http.client import HTTPResponse

ADDRESS = sys.argv[1]
failures: list[str] = []


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


opener = urllib.request.build_opener(NoRedirects)


def get(path: str, **headers: str) -> HTTPResponse | urllib.error.HTTPError:
    """The answer to a reader whom the proxy passed on, whatever its status. Header names with `_` for `-`."""
    request = urllib.request.Request(f"{ADDRESS}{path}")  # noqa: S310
    passed_on = {"Host": "learn.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    for name, value in (
        passed_on | {name.replace("_", "-"): value for name, value in headers.items()}
    ).items():
        request.add_header(name, value)
    try:
        return opener.open(request, timeout=20)
    except urllib.error.HTTPError as answer:
        return answer


def expect(what: str, holds: bool, seen: object = "") -> None:
    print(f"{'ok  ' if holds else 'NOT '} {what}{'' if holds else f' – got: {seen}'}")
    if not holds:
        failures.append(what)


home = get("/")
page = home.read().decode()
expect("the landing page answers 200", home.status == 200, home.status)
policy = home.headers.get("Content-Security-Policy", "")
expect(
    "its Content-Security-Policy allows scripts of this site only",
    "script-src 'self';" in f"{policy};",
    policy,
)
hsts = home.headers.get("Strict-Transport-Security", "")
expect("it asks for https for a year", "max-age=31536000" in hsts, hsts)
expect("a visitor gets no cookie", "Set-Cookie" not in home.headers, home.headers.get("Set-Cookie"))
expect("types are not guessed", home.headers.get("X-Content-Type-Options") == "nosniff")

plain = get("/", X_Forwarded_Proto="http")
expect("http leads to https", plain.status == 301, plain.status)
expect(
    "… at the same host",
    plain.headers.get("Location") == "https://learn.example.org/",
    plain.headers["Location"],
)
expect("another host name is refused", get("/", Host="evil.example").status == 400)
for probe in ("/healthz", "/readyz"):
    answer = get(probe, Host="10.0.0.3:8000", X_Forwarded_Proto="http")
    expect(f"{probe} answers by any name, without https", answer.status == 200, answer.status)

sheets = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
expect("style sheets have hashed names", bool(sheets), re.findall(r'href="(/static/[^"]+)"', page))
for sheet in sheets[:1]:
    for encoding in ("identity", "gzip", "br"):
        answer = get(sheet, Accept_Encoding=encoding)
        expect(f"{sheet} answers 200 ({encoding})", answer.status == 200, answer.status)
        keep = answer.headers.get("Cache-Control", "")
        expect("… and may be kept for ever", "immutable" in keep and "max-age=315360000" in keep, keep)
        if encoding != "identity":
            expect("… and comes compressed", answer.headers.get("Content-Encoding") == encoding)

door = get("/accounts/login/")
expect("the sign-in page answers 200", door.status == 200, door.status)
cookie = door.headers.get("Set-Cookie", "")
expect("its cookie travels over https only", "Secure" in cookie and "SameSite=Lax" in cookie, cookie)
expect("Wagtail’s own door leads to the one door", get("/cms/login/").status in {301, 302})
expect("an unknown address answers 404", get("/there-is-no-such-page/").status == 404)

sys.exit(1 if failures else 0)
