// An article: pointing at a claim, or moving to it by keyboard, lights up its parts and shows its record.
"use strict";

(() => {
  const text = document.getElementById("text");
  const records = document.getElementById("records");
  const cards = new Map([...document.querySelectorAll(".card")].map((card) => [card.dataset.n, card]));
  const marks = new Map([...document.querySelectorAll(".mark")].map((mark) => [mark.dataset.n, mark]));
  const order = [...cards.keys()];
  const which = document.getElementById("which");
  const total = which.textContent;
  let active = null;

  // The pieces of each claim, with the letters of the parts that they belong to.
  const pieces = new Map(order.map((number) => [number, []]));
  const partsOf = (piece) => piece.dataset.p.split(" ").map((part) => [part[0], part.slice(1)]);
  document.querySelectorAll("[data-p]").forEach((piece) => {
    partsOf(piece).forEach(([letter, number]) => pieces.get(number)?.push([piece, letter]));
  });

  const visible = (number) => cards.has(number) && getComputedStyle(cards.get(number)).visibility !== "hidden" &&
    !filteredOut(cards.get(number));
  const filteredOut = (card) => ["direct", "mixed", "indirect", "statement"]
    .some((kind) => card.classList.contains(kind) && document.body.classList.contains(`no-${kind}`));

  // The innermost content under the pointer; else the claim whose source or cue it is.
  const claimAt = (target) => {
    const piece = target.closest?.("[data-p], .mark");
    if (!piece) return null;
    if (piece.dataset.n) return piece.dataset.n;
    const parts = partsOf(piece).filter(([, number]) => visible(number));
    const inner = parts.filter(([letter]) => letter === "q").at(-1) ?? parts.at(-1);
    return inner ? inner[1] : null;
  };

  const light = (number, on) => {
    (pieces.get(number) ?? []).forEach(([piece, letter]) => piece.classList.toggle(`lit-${letter}`, on));
    marks.get(number)?.classList.toggle("lit", on);
    cards.get(number)?.classList.toggle("active", on);
  };

  const show = (number) => {
    if (number === active) return;
    if (active !== null) light(active, false);
    active = number;
    document.body.classList.toggle("one", number !== null);
    if (number === null) {
      which.textContent = total;
      return;
    }
    light(number, true);
    which.textContent = `Claim ${number} of ${total}`.replace(/ claims?$/u, "");
    records.scrollTop = 0;
  };

  const step = (by) => {
    const shown = order.filter(visible);
    if (!shown.length) return;
    const place = active === null ? (by > 0 ? -1 : 0) : shown.indexOf(active);
    const number = shown[(place + by + shown.length) % shown.length];
    show(number);
    const mark = marks.get(number);
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
  };

  const followAddress = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!card?.classList.contains("card")) return;
    show(card.dataset.n);
    marks.get(card.dataset.n)?.scrollIntoView({ block: "center" });
  };

  text?.addEventListener("pointerover", (event) => {
    const number = event.pointerType === "mouse" ? claimAt(event.target) : null;
    if (number !== null) show(number);
  });
  text?.addEventListener("focusin", (event) => {
    const number = claimAt(event.target);
    if (number !== null) show(number);
  });
  text?.addEventListener("click", (event) => {
    const number = claimAt(event.target);
    if (number === null) return;
    show(number);
    if (!event.target.closest(".mark")) return;
    event.preventDefault();  // the record is at hand already; only the focus moves there
    cards.get(number)?.focus({ preventScroll: true });
  });
  document.getElementById("cards").addEventListener("click", (event) => {
    const number = event.target.closest(".card")?.dataset.n;
    if (number === undefined || event.target.closest("a:not(.number)")) return;
    show(number);
    marks.get(number)?.scrollIntoView({ block: "center" });
    if (!event.target.closest(".number")) return;
    event.preventDefault();
    marks.get(number)?.focus({ preventScroll: true });
  });

  const keys = { j: () => step(1), k: () => step(-1), Escape: () => leave() };
  const leave = () => {
    const mark = marks.get(active);
    if (document.activeElement?.closest(".card")) mark?.focus({ preventScroll: true });
    else show(null);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox])")) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  document.getElementById("legend").addEventListener("change", (event) => {
    document.body.classList.toggle(`no-${event.target.value}`, !event.target.checked);
    if (active !== null && !visible(active)) show(null);
  });
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("all").addEventListener("click", () => show(null));
  window.addEventListener("hashchange", followAddress);

  document.documentElement.classList.add("js");
  document.querySelector(".records .buttons").hidden = order.length === 0;
  document.getElementById("hint").hidden = order.length === 0 || !text;
  // A browser may come back to a page with boxes as they were left.
  document.querySelectorAll("#legend input").forEach((box) => { box.checked = true; });
  followAddress();
})();
