// What every page gains from a script. Each control works without it.

const display = document.getElementById("display");
if (display) {
  // The theme changes in place, so that nothing typed elsewhere on the page is lost.
  display.querySelector("[data-without-script]").hidden = true;
  let sending;
  display.addEventListener("change", ({ target }) => {
    if (target.name !== "theme") return;
    const root = document.documentElement;
    if (target.value === "system") delete root.dataset.theme;
    else root.dataset.theme = target.value;
    // The arrow keys pass over the choice between: its answer must not come after the last one's.
    sending?.abort();
    sending = new AbortController();
    const options = { redirect: "manual", keepalive: true, signal: sending.signal };
    fetch(`${display.action}?theme=${target.value}`, options).catch(() => {});
  });
}

// A menu closes when a person leaves it.
const menu = document.querySelector("details.menu");
if (menu) {
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
}

// The browser knows the time zone; the list is for those without a script.
for (const select of document.querySelectorAll("select[data-zone=guess]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...select.options].some((option) => option.value === zone)) select.value = zone;
}

for (const label of document.querySelectorAll("[data-show-password]")) {
  label.hidden = false;
  label.querySelector("input").addEventListener("change", ({ target }) => {
    for (const field of target.form.querySelectorAll("[autocomplete$=password]")) {
      field.type = target.checked ? "text" : "password";
    }
  });
}
