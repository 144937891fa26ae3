// Films and sound. Without a script, chapters are links to that moment of the file, and a film elsewhere is a
// link to its page. With one, chapters move the player, and the film elsewhere plays here, after a click.
customElements.define(
  "course-player",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        const link = event.target.closest("a[data-at], a[data-embed]");
        if (!link) return;
        const { at, embed } = link.dataset;
        if (embed) this.show(embed);
        else this.seek(Number(at));
        event.preventDefault();
      });
    }

    show(address) {
      const frame = document.createElement("iframe");
      frame.className = "player";
      frame.title = this.dataset.title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      // Without the name of the site YouTube plays nothing.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.src = address;
      this.querySelector(".facade, iframe").replaceWith(frame);
      frame.focus();
    }

    seek(seconds) {
      const player = this.querySelector("video, audio");
      player.currentTime = seconds;
      player.play().catch(() => {});
      player.focus();
    }
  },
);
