// Replies in place: the composer moves below the post that is answered, with what was typed in it.
const composer = document.querySelector("[data-composer]");

if (composer) {
  const home = document.createComment("composer");
  composer.before(home);
  const parent = composer.querySelector("[data-parent]");
  const answering = composer.querySelector("[data-answering]");
  const name = composer.querySelector("[data-answering-name]");
  const text = composer.querySelector("textarea");

  const answer = (link) => {
    parent.value = link.dataset.reply;
    answering.hidden = !link.dataset.reply;
    name.textContent = link.dataset.name;
    if (link.dataset.reply) link.closest("article").after(composer);
    else home.after(composer);
    text.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply], [data-answer-all]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches("[data-reply]")) return answer(link);
    parent.value = "";
    answering.hidden = true;
    home.after(composer);
    text.focus();
  });
  // A second click on "Post" sends nothing: the key would make it the same post, but the wait is confusing.
  composer.addEventListener("submit", (event) => {
    if (event.submitter?.name === "preview") return;
    if (composer.dataset.sent) event.preventDefault();
    composer.dataset.sent = "1";
  });
  addEventListener("pageshow", () => delete composer.dataset.sent);
}
