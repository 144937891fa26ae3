"""Somebody at a browser, who finds everything by the words that stand on it.

A story is told once, with what one does: go, follow, press, write. Whether that is done with a mouse (with
JavaScript or without) or by keyboard alone is the hand's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=10_000)  # milliseconds; a page comes at once, except on a busy machine
PATIENCE = 300  # stops between two things that one wants; more is a page that nobody gets through by Tab

# What is wrong with the focus as it stands, as a sentence; empty if one sees where one is.
LOOK = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "";
    const name = at.outerHTML.slice(0, 160), box = [...at.getClientRects()].find(({width}) => width > 1);
    if (!box) return `The focus is on something that cannot be seen: ${name}`;
    const ring = [at, at.closest("label")].filter(Boolean).map((part) => getComputedStyle(part))
        .some(({outlineStyle, outlineWidth}) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
    if (!ring) return `No ring around ${name}`;
    const across = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (bottom <= top || box.right <= 0 || box.left >= innerWidth) return `Out of the window: ${name}`;
    const seen = document.elementFromPoint(across, (top + bottom) / 2);
    if (seen && !at.contains(seen) && !seen.contains(at)) {
        return `${name} is covered by ${seen.outerHTML.slice(0, 80)}`;
    }
    return "";
}"""

# Whether an element comes before the focus in the order of the page.
LIES_BEHIND = """(element) => {
    const at = document.activeElement;
    return at !== document.body && !!(at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)
        && !at.contains(element);
}"""


# Which option it is, or which one is chosen.
INDEX = "element => element.selectedIndex ?? element.index"


class Mouse:
    """With a mouse. `scripts` says whether the browser runs JavaScript."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page = page
        self.scripts = scripts

    # Doing ---------------------------------------------------------------------------------------------
    def go(self, address: str) -> None:
        """Open an address, as from a bookmark."""
        self.page.goto(address)

    def follow(self, words: str | re.Pattern, *, at: Locator | None = None) -> None:
        """Follow the first link that says exactly this, in the main part of the page or in `at`."""
        self.use((at or self.main).get_by_role("link", name=words, exact=True).first)

    def press(self, words: str | re.Pattern, *, at: Locator | None = None) -> None:
        """Press the first button that says exactly this, in the main part of the page or in `at`."""
        self.use((at or self.main).get_by_role("button", name=words, exact=True).first)

    def write(self, label: str, text: str, *, at: Locator | None = None) -> None:
        """Put `text` into the field of this label, in place of what is there."""
        self.fill(self.field(label, at=at), text)

    def choose(self, label: str | re.Pattern, *, at: Locator | None = None) -> None:
        """Choose one of several."""
        self.field(label, at=at).check()

    def tick(self, label: str | re.Pattern, *, at: Locator | None = None, off: bool = False) -> None:
        """Tick a box, or take the tick off."""
        self.field(label, at=at).set_checked(not off)

    def pick(self, label: str, option: str | re.Pattern, *, at: Locator | None = None) -> None:
        """Pick an option of a list that drops down."""
        field = self.field(label, at=at)
        self.select(field, field.locator("option").filter(has_text=option).first)

    def download(self, words: str | re.Pattern, *, at: Locator | None = None) -> str:
        """Follow a link that gives a file; what is in the file."""
        with self.page.expect_download() as coming:
            self.follow(words, at=at)
        return Path(coming.value.path()).read_bytes().decode()

    def unfold(self, words: str | re.Pattern, *, at: Locator | None = None) -> None:
        """Open what is folded below these words."""
        self.use((at or self.main).locator("summary").filter(has_text=words).first)

    def use(self, target: Locator) -> None:
        """Use a link or a button."""
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        target.fill(text)

    def select(self, field: Locator, option: Locator) -> None:
        field.select_option(option.get_attribute("value") or option.inner_text())

    # Seeing --------------------------------------------------------------------------------------------
    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def nav(self) -> Locator:
        return self.page.get_by_role("navigation", name="Main")

    def field(self, label: str | re.Pattern, *, at: Locator | None = None) -> Locator:
        return (at or self.main).get_by_label(label, exact=True)

    def reads(self, words: str | re.Pattern, *, at: Locator | None = None) -> None:
        """These words can be seen."""
        expect((at or self.main).get_by_text(words).filter(visible=True).first).to_be_visible()

    def never_reads(self, words: str) -> None:
        """These words are nowhere on the page, not even hidden."""
        assert words not in self.page.content()

    def is_at(self, heading: str) -> None:
        """The page with this heading has come."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def post_with(self, words: str) -> Locator:
        """The post that says this."""
        return self.page.locator("article.post").filter(has=self.page.get_by_text(words)).first


class Keyboard(Mouse):
    """With Tab, Enter, Space and the arrows, and a look at each stop whether one sees where one is."""

    def use(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Space" if target.evaluate("e => e.localName == 'button'") else "Enter")

    def fill(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, label: str | re.Pattern, *, at: Locator | None = None) -> None:
        wanted = self.field(label, at=at)
        group = self.page.locator(f"input[name='{wanted.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.reach(chosen if chosen.count() else group.first)
        if not chosen.count():
            self.page.keyboard.press("Space")
        for _choice in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"The arrows do not reach “{label}”.")

    def tick(self, label: str | re.Pattern, *, at: Locator | None = None, off: bool = False) -> None:
        wanted = self.field(label, at=at)
        if wanted.is_checked() is off:
            self.reach(wanted)
            self.page.keyboard.press("Space")

    def select(self, field: Locator, option: Locator) -> None:
        self.reach(field)
        wanted, at = (element.evaluate(INDEX) for element in (option, field))
        for _step in range(abs(wanted - at)):
            self.page.keyboard.press("ArrowDown" if wanted > at else "ArrowUp")
        assert field.evaluate(INDEX) == wanted

    def reach(self, target: Locator) -> None:
        """Go to `target` stop by stop, past the masthead if it lies in the main part."""
        expect(target).to_be_visible()
        element = target.element_handle()
        if self._has_just_come() and not self._in_desk():
            self.stop()
            skip = self.page.get_by_role("link", name="Skip to the page")
            assert skip.evaluate("link => link === document.activeElement"), (
                "The first stop skips the masthead."
            )
            if element.evaluate("element => !!element.closest('main')"):
                self.page.keyboard.press("Enter")
        key = "Shift+Tab" if element.evaluate(LIES_BEHIND) else "Tab"
        for _stop in range(PATIENCE):
            if element.evaluate("element => element === document.activeElement"):
                return
            self.stop(key)
        pytest.fail(f"Tab does not lead to {element.evaluate('element => element.outerHTML')[:200]}")

    def walk(self) -> int:
        """From the way past the masthead to the end of the page; how many stops that was."""
        for stops in range(PATIENCE):
            self.stop()
            at = self.page.evaluate("document.activeElement.className || document.activeElement.localName")
            if at == "body" or (stops and at == "skip"):
                return stops
            assert stops or at == "skip", "The first stop skips the masthead."
        pytest.fail(f"{self.page.url} has more than {PATIENCE} stops, or one that cannot be left.")

    def stop(self, key: str = "Tab") -> None:
        """One stop further (or back), and it can be seen."""
        self.page.keyboard.press(key)
        if not self._in_desk() and (wrong := self.page.evaluate(LOOK)):
            pytest.fail(f"{self.page.url}: {wrong}")

    def _has_just_come(self) -> bool:
        """True for the first stop on a page that does not begin at some place of its own."""
        return self.page.evaluate(
            """() => {
                const first = !window.walked;
                window.walked = true;
                return first && !location.hash && document.activeElement === document.body;
            }"""
        )

    def _in_desk(self) -> bool:
        """Wagtail's own pages have a ring and an order of their own."""
        return "/cms/" in self.page.url


Hand = Callable[..., Mouse]
HANDS = ["with JavaScript", "without JavaScript", "by keyboard"]

# Stories that are told with a mouse alone.
by_mouse = pytest.mark.parametrize("hand", HANDS[:2], indirect=True)
