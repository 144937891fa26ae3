// Putting things in order: buttons beside the places, and a list that stands as the places say.
customElements.define("quiz-order", class extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("ol");
    const legend = this.closest("fieldset").querySelector("legend");
    for (const part of [this, legend].flatMap((place) => [...place.querySelectorAll("[data-with-script]")])) part.hidden = false;
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-by]");
      if (!button) return;
      const row = button.closest("li");
      this.move(list, row, [...list.children].indexOf(row) + Number(button.dataset.by));
      button.focus();
    });
    this.addEventListener("change", ({ target }) => {
      if (!target.value) return;
      this.move(list, target.closest("li"), target.value - 1);
      target.focus();
    });
  }

  move(list, row, to) {
    const rows = [...list.children].filter((other) => other !== row);
    to = Math.min(Math.max(to, 0), rows.length);
    rows.splice(to, 0, row);
    list.append(...rows);
    rows.forEach((each, at) => {
      each.querySelector("select").value = at + 1;
    });
    const said = this.querySelector("[data-said]");
    said.textContent = said.dataset.said.replace("{item}", row.querySelector("select + span").textContent).replace("{place}", to + 1);
  }
});
