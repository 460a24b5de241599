// The search: loads the files of the index that a query needs, and shows claims newest first.
"use strict";

(() => {
  const KINDS = ["direct", "mixed", "indirect", "statement"];
  const TRAITS = ["money", "percent", "number", "date", "hedged"];
  const SPEAKER_MARK = "@";
  const LONGEST_WORD = 60;
  const NAMES = ["q", "speaker", "kind", "has", "from", "to"];
  const AT_A_TIME = 20;
  // While somebody types, the next letter follows sooner than this.
  const PATIENCE_MS = 60;

  const form = document.getElementById("query");
  const list = document.getElementById("results");
  const status = document.getElementById("status");
  const more = document.getElementById("more");

  // A page from disk may not read files, but it may load scripts: each calls onrecordData with its name.
  const waiting = new Map();
  const loaded = new Map();
  window.onrecordData = (name, value) => waiting.get(name)?.(value);
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        script.onload = () => script.remove();
        script.onerror = () => reject(new Error(`search/${name}.js cannot be read`));
        script.src = `search/${name}.js`;
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };

  // The same words as search_index.terms_of makes of a claim.
  const wordsOf = (text) => {
    const plain = text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "");
    return [...new Set((plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, LONGEST_WORD).join("")))];
  };

  // The files that may hold terms with this beginning: the last that starts before it, and those that start with it.
  const shardsOf = (terms, prefix) => {
    let first = terms.findIndex((term) => term > prefix);
    if (first === -1) first = terms.length;
    const found = first > 0 ? [first - 1] : [];
    for (let shard = first; shard < terms.length && terms[shard].startsWith(prefix); shard += 1) found.push(shard);
    return found;
  };

  const common = Symbol("in too many claims to look up");

  // A mark for each claim that holds a word with this beginning.
  const claimsWith = async (directory, prefix) => {
    const shards = await Promise.all(shardsOf(directory.terms, prefix).map((shard) => load(`terms-${shard}`)));
    const found = new Uint8Array(directory.claims);
    for (const shard of shards) {
      for (const [term, gaps] of Object.entries(shard)) {
        if (!matches(term, prefix)) continue;
        if (typeof gaps === "number") return common;
        let number = 0;
        for (const gap of gaps) {
          number += gap;
          found[number] = 1;
        }
      }
    }
    return found;
  };
  // A single letter or digit stands for itself: too many words begin with it.
  const matches = (term, prefix) => prefix.replace(SPEAKER_MARK, "").length > 1 ? term.startsWith(prefix) : term === prefix;

  // The numbers of the claims published between two days: newest first, those without a day last.
  const rangeOf = (directory, from, to) => {
    const firstWhere = (fits) => directory.days.find(([day]) => fits(day))?.[1] ?? directory.claims;
    const begin = to ? firstWhere((day) => day <= to) : 0;
    const end = from || to ? firstWhere((day) => day === "" || day < from) : directory.claims;
    return [begin, Math.max(begin, end)];
  };

  const passes = (code, { kind, has }) =>
    (!kind || KINDS[code & 3] === kind) && (!has || (code >> (2 + TRAITS.indexOf(has))) & 1);

  const search = async (query) => {
    const directory = await load("directory");
    const wanted = [...wordsOf(query.q), ...wordsOf(query.speaker).map((word) => SPEAKER_MARK + word)];
    const answers = await Promise.all(wanted.map((word) => claimsWith(directory, word)));
    const ignored = wanted.filter((_, place) => answers[place] === common);
    const sets = answers.filter((answer) => answer !== common);
    const traits = query.kind || query.has ? await load("traits") : null;
    const [begin, end] = rangeOf(directory, query.from, query.to);
    const numbers = [];
    for (let number = begin; number < end; number += 1) {
      if (!sets.every((set) => set[number])) continue;
      if (traits && !passes(parseInt(traits.slice(2 * number, 2 * number + 2), 16), query)) continue;
      numbers.push(number);
    }
    return { numbers, ignored, size: directory.size };
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };
  const link = (href, className, text) => {
    const made = element("a", className, marked(text));
    made.href = href;
    return made;
  };

  // The words that were found are marked; text goes in as text and never as markup.
  const marked = (text) => {
    const made = element("bdi");
    const words = wordsOf(form.elements.q.value).filter((word) => word.length > 1);
    let rest = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const [word] = wordsOf(found[0]);
      if (!word || !words.some((prefix) => word.startsWith(prefix))) continue;
      made.append(text.slice(rest, found.index), element("mark", "", found[0]));
      rest = found.index + found[0].length;
    }
    made.append(text.slice(rest));
    return made;
  };

  // As on the other pages: 7 Oct 2024.
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
  const dayWords = (day) => {
    const [year, month, number] = day.split("-").map(Number);
    return day ? `${number} ${MONTHS[month - 1]} ${year}` : "no date";
  };

  const result = (chunk, row) => {
    const [place, id, kind, text, name, page, roles, said, figures] = row;
    const [articlePage, title, publisher, day] = chunk.articles[place];
    const meta = element("p", "meta", page ? link(page, "who", name) : element("span", "who", element("bdi", "", name)), " ");
    if (roles && roles !== name) meta.append(element("span", "beside", element("bdi", "", roles)), " ");
    meta.append(element("span", `kind ${kind}`, kind), " ");
    figures.forEach((figure) => meta.append(element("span", "chip", element("bdi", "", figure)), " "));
    const where = [said && `said ${dayWords(said)}`, publisher, title, dayWords(day)].filter(Boolean).join(" · ");
    meta.append(element("span", "where", element("bdi", "", where)));
    const entry = element("article", `entry ${kind}`, element("p", "said", link(`${articlePage}#${id}`, "", text)), meta);
    return element("li", "", entry);
  };

  let turn = 0;
  let found = { numbers: [], ignored: [], size: 1 };
  let shown = 0;

  const showMore = async (mine) => {
    const next = found.numbers.slice(shown, shown + AT_A_TIME);
    shown += next.length;
    for (const number of next) {
      const chunk = await load(`claims-${Math.floor(number / found.size)}`);
      if (mine !== turn) return;
      list.append(result(chunk, chunk.claims[number % found.size]));
    }
    more.hidden = shown >= found.numbers.length;
  };

  const told = () => {
    const { numbers, ignored } = found;
    const count = `${numbers.length.toLocaleString("en")} ${numbers.length === 1 ? "claim" : "claims"}`;
    return ignored.length ? `${count}; “${ignored.join("”, “")}” is too common to look up` : count;
  };

  const queryNow = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value.trim()]));

  const ask = async () => {
    turn += 1;
    const mine = turn;
    const query = queryNow();
    remember(query);
    try {
      const answer = await search(query);
      if (mine !== turn) return;
      found = answer;
      shown = 0;
      list.replaceChildren();
      status.textContent = told();
      await showMore(mine);
    } catch (error) {
      status.textContent = error.message;
    }
  };

  // The query stands in the address, so that it can be kept and passed on.
  const remember = (query) => {
    const known = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
    history.replaceState(null, "", `#${known}`);
  };
  const recall = () => {
    const given = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search);
    for (const name of NAMES) form.elements[name].value = given.get(name) ?? "";
  };

  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
  more.addEventListener("click", () => showMore(turn));
  window.addEventListener("hashchange", () => { recall(); ask(); });

  recall();
  ask();
})();
