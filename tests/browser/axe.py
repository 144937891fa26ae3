"""The audit of a page by axe-core."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what another theme can break
RUN = """async (rules) => {
    // A post is laid out when one comes near it: look at all of them as they are then.
    for (const post of document.querySelectorAll(".thread > li")) post.style.contentVisibility = "visible";
    const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return violations.flatMap(({id, impact, help, nodes}) => nodes.map(
        ({html, any, all, none}) => `${id} (${impact}): ${help}: ${html.slice(0, 200)} `
            + [...any, ...all, ...none].map(({message}) => message).join("; ").slice(0, 300)));
}"""


def axe_violations(page: Page, rules: list | dict = RULES) -> list[str]:
    """What axe finds wrong with the page as it stands: a line for each rule and place. Needs JavaScript."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, rules)
