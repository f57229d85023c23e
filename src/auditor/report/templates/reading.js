"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const say = byId("say");
  const articles = Array.from(document.querySelectorAll("article"));
  const entries = Array.from(document.querySelectorAll("tr.entry"));
  document.querySelector(".tools").hidden = false;

  function narrow() {
    const word = byId("filter").value.trim().toLowerCase();
    const only = byId("only").checked;
    for (const entry of entries) {
      const fits = (entry.dataset.name || "").toLowerCase().includes(word) && (!only || "bad" in entry.dataset);
      entry.classList.toggle("off", !fits);
      const article = entry.dataset.sheet ? byId(entry.dataset.sheet) : null;
      if (article) article.classList.toggle("off", !fits);
    }
  }
  byId("filter").addEventListener("input", narrow);
  byId("only").addEventListener("change", narrow);

  function openAll(open) {
    for (const article of articles) article.firstElementChild.open = open;
  }
  byId("fold").addEventListener("click", () => openAll(false));
  byId("unfold").addEventListener("click", () => openAll(true));
  window.addEventListener("beforeprint", () => openAll(true));
  window.addEventListener("hashchange", () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    const article = target && target.closest("article");
    if (article) article.firstElementChild.open = true;
  });

  // A tap on a faulty cell says what is wrong; the link inside it leads to the list.
  document.addEventListener("click", (event) => {
    const cell = event.target.closest(".grid .f");
    if (!cell || !cell.title || event.target.closest("a")) {
      say.hidden = true;
      return;
    }
    say.textContent = cell.title;
    say.hidden = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") say.hidden = true;
  });
})();
