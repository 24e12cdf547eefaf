// The search page: finds the pages, and the places on them, that answer a query in either language.
"use strict";

/** @typedef {{id: string, page: string, anchor: string, title: string, defines: string, text: string}} Section */
/** @typedef {Section & {score: number, queryTerms: string[], terms: string[]}} Hit */
/** @typedef {{page: string, score: number, hits: Hit[]}} Found */
/** @typedef {{addAll(sections: object[]): void, search(query: string, options: object): Hit[]}} Index */

// Words that only make a sentence of a query; they are not searched for.
const IDLE = new Set(
  (
    "a about am an and any are as at be been but by can could did do does for from get go had has have how i if in into is it its me my of " +
    "on or our should so than that the their then there these they this to us use used using want was we were what when where which " +
    "while who why will with would you your"
  ).split(" "),
);
const IDLE_CHINESE = /什么|怎么|如何|为何|为啥|怎样|哪些|哪个|可以|是否|有没有|能不能|[的了吗呢吧啊是和与在]/g;

/**
 * Divide text into terms: words, identifiers whole and in their parts, and every two neighbouring Chinese characters.
 * The index and the query are divided alike.
 * @param {string} text
 * @returns {string[]}
 */
function terms(text) {
  const found = [];
  for (const [run] of text.matchAll(/[\p{Script=Latin}\d]+(?:[._][\p{Script=Latin}\d]+)*|\p{Script=Han}+/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      found.push(...pairs(run));
    } else {
      found.push(run, ...parts(run));
    }
  }
  return found.map(base);
}

/** @param {string} run */
function pairs(run) {
  const characters = [...run];
  return characters.length === 1 ? characters : characters.slice(1).map((next, at) => characters[at] + next);
}

/** The names inside of a dotted one, and the words inside of each: `scheduler.warmup_iters`, `CosineAnnealingLR`. @param {string} run */
function parts(run) {
  const names = run.split(".");
  const words = names
    .flatMap((name) => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [])
    .filter((word) => word.length > 1);
  const found = [...(names.length > 1 ? names : []), ...words];
  return found.filter((part, at) => part !== run && found.indexOf(part) === at);
}

/** A word without the endings of English that change nothing of its meaning. @param {string} word */
function base(word) {
  const lower = word.toLowerCase();
  if (!/^[a-z]{5,}$/.test(lower)) {
    return lower;
  }
  return lower
    .replace(/(?<=[^s])s$/, "")
    .replace(/(?<=..[a-z])(?:ed|ing)$/, "")
    .replace(/(?<=...)e$/, "");
}

/** A query without the words that only make a sentence of it, unless it has no others. @param {string} query */
function asked(query) {
  const words = query.replace(IDLE_CHINESE, " ").split(/\s+/);
  const telling = words.filter((word) => !IDLE.has(word.toLowerCase().replace(/[^a-z]/g, "") || word));
  return (telling.length ? telling : words).join(" ");
}

class Search {
  /** @param {Section[]} sections */
  constructor(sections) {
    const titles = new Map(sections.filter(({ anchor }) => !anchor).map(({ page, title }) => [page, title]));
    /** @type {Index} */
    // @ts-expect-error  MiniSearch is loaded by the page
    this.index = new MiniSearch({
      fields: ["name", "title", "defines", "text"],
      storeFields: ["page", "anchor", "title", "text"],
      tokenize: terms,
      processTerm: (/** @type {string} */ term) => term,
    });
    this.index.addAll(sections.map((section) => ({ ...section, name: titles.get(section.page) ?? "" })));
    this.titles = titles;
  }

  /**
   * The pages that answer a query, best first, each with its best places.
   * @param {string} query
   * @returns {Found[]}
   */
  pages(query) {
    const wanted = new Set(terms(asked(query))).size;
    const long = (/** @type {string} */ term) => /^[a-z_]{4,}$/.test(term);
    const hits = this.index.search(asked(query), {
      boost: { name: 2, title: 3, defines: 5 },
      prefix: long,
      fuzzy: (/** @type {string} */ term) => (long(term) ? 0.2 : false),
      weights: { prefix: 0.5, fuzzy: 0.2 },
      boostDocument: (/** @type {string} */ id) => BOOSTS[id.split("/")[0] ?? ""] ?? 1,
    });
    /** @type {Map<string, Found & {answered: Set<string>}>} */
    const found = new Map();
    for (const hit of hits) {
      const page = found.get(hit.page) ?? { page: hit.page, score: 0, hits: [], answered: new Set() };
      hit.score *= hit.queryTerms.length / wanted;
      for (const term of hit.queryTerms) {
        page.answered.add(term);
      }
      page.hits.push(hit);
      found.set(hit.page, page);
    }
    // A page's score: the sum of its four best places, each counted half as much as the one before, times the share of the terms that the page holds.
    for (const page of found.values()) {
      page.hits.sort((a, b) => b.score - a.score);
      page.score =
        page.hits.slice(0, 4).reduce((sum, { score }, at) => sum + score / 2 ** at, 0) * (page.answered.size / wanted);
    }
    const ranked = [...found.values()].sort((a, b) => b.score - a.score);
    // Pages below a twentieth of the best score, which hold one common word of many, are left out.
    return ranked.filter(({ score }) => score > (ranked[0]?.score ?? 0) / 20);
  }
}

/** Factors on the scores of a folder's pages: a reference page explains, an example only shows. @type {Record<string, number>} */
const BOOSTS = { reference: 1.25, gallery: 0.5 };
const MOST_PAGES = 20;
const MOST_PLACES = 3;

/** @param {Search} search @param {string} query */
function show(search, query) {
  const status = /** @type {HTMLElement} */ (document.getElementById("lr-search-status"));
  const list = /** @type {HTMLElement} */ (document.getElementById("lr-search-hits"));
  const pages = query.trim() ? search.pages(query) : [];
  if (!query.trim()) {
    status.textContent = "";
  } else {
    status.textContent = pages.length ? `${status.dataset.found} ${pages.length}` : (status.dataset.none ?? "");
  }
  const example = (/** @type {string} */ name) => status.dataset.example?.replace("%(name)s", name) ?? name;
  list.replaceChildren(
    ...pages.slice(0, MOST_PAGES).map(({ page, hits }) => {
      const title = search.titles.get(page) ?? page;
      const name = /^gallery\/plot_/.test(page) ? example(title) : title;
      const places = hits.slice(0, MOST_PLACES).map((hit) => place(hit, hit.anchor ? hit.title : ""));
      return element("li", {}, [element("a", { href: `${page}.html` }, [name]), element("ul", {}, places)]);
    }),
  );
}

/** @param {Hit} hit @param {string} title */
function place(hit, title) {
  const link = title ? [element("a", { href: `${hit.page}.html#${hit.anchor}` }, [title])] : [];
  return element("li", {}, [...link, element("p", {}, excerpt(hit.text, hit.terms))]);
}

/**
 * The words around the first term that was found, with all found terms marked.
 * @param {string} text @param {string[]} found
 * @returns {(string | Node)[]}
 */
function excerpt(text, found) {
  const spans = marked(text, found);
  const first = spans[0]?.from ?? 0;
  const start = first > 60 ? Math.min(first, text.indexOf(" ", first - 60) + 1 || first - 60) : 0;
  const end = first + 140;
  /** @type {(string | Node)[]} */
  const pieces = [start > 0 ? "… " : ""];
  let at = start;
  for (const { from, to } of spans.filter(({ to }) => to <= end)) {
    pieces.push(text.slice(at, from), element("mark", {}, [text.slice(from, to)]));
    at = to;
  }
  return [...pieces, text.slice(at, end), end < text.length ? " …" : ""];
}

/**
 * Where the found terms stand in a text, in order; those that overlap, as neighbouring Chinese pairs do, make one span.
 * A term is the beginning of a word, where it is not Chinese; those of one or two letters are not marked.
 * @param {string} text @param {string[]} found
 * @returns {{from: number, to: number}[]}
 */
function marked(text, found) {
  const telling = found.filter((term) => term.length > 2 || /\p{Script=Han}/u.test(term));
  const patterns = telling
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .map((term) => (/^\w/.test(term) ? `\\b${term}\\w*` : term));
  const all = patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "gi"))]);
  const spans = all
    .map(({ index, 0: { length } }) => ({ from: index, to: index + length }))
    .sort((a, b) => a.from - b.from);
  /** @type {{from: number, to: number}[]} */
  const merged = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) {
      last.to = Math.max(last.to, span.to);
    } else {
      merged.push(span);
    }
  }
  return merged;
}

/** @param {string} tag @param {Record<string, string>} attributes @param {(string | Node)[]} children */
function element(tag, attributes, children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** @param {string} query */
function remember(query) {
  try {
    history.replaceState(null, "", `?q=${encodeURIComponent(query)}`);
  } catch {
    // Some browsers do not let a page that was opened from a folder change its address.
  }
}

{
  // @ts-expect-error  written by the build
  const search = new Search(window.lrdocSections);
  const box = /** @type {HTMLInputElement} */ (document.querySelector(".lr-search input"));
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.addEventListener("input", () => {
    show(search, box.value);
    remember(box.value);
  });
  box.form?.addEventListener("submit", (event) => event.preventDefault());
  show(search, box.value);
  if (!box.value) {
    box.focus();
  }
}
