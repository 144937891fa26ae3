// Slides side by side. Without a script, numbers and “Next” are links to a slide. With one they move the slides
// alone: the page stays where it is, the number of the slide in view is marked, and its neighbours are loaded.
customElements.define(
  "course-deck",
  class extends HTMLElement {
    connectedCallback() {
      this.slides = [...this.querySelectorAll(".deck > li")];
      this.numbers = [...this.querySelectorAll(".pages a")];
      this.addEventListener("click", (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        const link = event.target.closest('a[href^="#slide-"]');
        const slide = link && this.querySelector(link.hash);
        if (!slide) return;
        event.preventDefault();
        slide.scrollIntoView({ block: "nearest", inline: "start" });
        // Whoever goes on with the keyboard finds the same link on the next slide; on the last one the other.
        const same = link.rel && (slide.querySelector(`[rel=${link.rel}]`) ?? slide.querySelector("[rel]"));
        if (same) same.focus({ preventScroll: true });
      });
      const root = this.querySelector(".deck");
      const watch = new IntersectionObserver((seen) => this.mark(seen), { root, threshold: 0.6 });
      for (const slide of this.slides) watch.observe(slide);
    }

    mark(seen) {
      const shown = seen.find((entry) => entry.isIntersecting);
      if (!shown) return;
      const place = this.slides.indexOf(shown.target);
      this.numbers.forEach((number, at) => {
        if (at === place) number.setAttribute("aria-current", "true");
        else number.removeAttribute("aria-current");
      });
      for (const slide of this.slides.slice(Math.max(0, place - 1), place + 2)) {
        for (const picture of slide.querySelectorAll("img[loading=lazy]")) picture.loading = "eager";
      }
    }
  },
);
