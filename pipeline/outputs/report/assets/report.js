// What every page does: "/" leads to the search, and lists can be sifted.
"use strict";

(() => {
  const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  const typing = (target) => target.closest("input, select, textarea") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    (document.getElementById("q") ?? document.querySelector(".find input")).focus();
  });

  const sift = (input) => {
    const rows = [...document.querySelectorAll(`#${input.dataset.sift} tbody tr`)];
    const texts = rows.map((row) => folded(row.textContent));
    const status = document.getElementById("sifted");
    input.addEventListener("input", () => {
      const wanted = folded(input.value).split(/\s+/u).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !wanted.every((word) => texts[place].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      status.textContent = wanted.length ? `${shown} of ${rows.length}` : "";
    });
  };
  document.querySelectorAll("input[data-sift]").forEach(sift);
})();
