// The search page: finds the pages, and the places on them, that answer a query in either language.
"use strict";

/** @typedef {{page: string, anchor: string, title: string, defines: string, text: string}} Section */
/** @typedef {{words: Record<string, string>, same: Record<string, string>, answers: Record<string, string[]>, sections: Section[]}} Data  what the build writes; `answers` go from a place to the questions that it answers */
/** @typedef {{page: string, place: string, terms: Set<string>}} Question */
/** @typedef {Section & {id: string, score: number, queryTerms: string[], terms: string[]}} Hit */
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
const IDLE_CHINESE = /什么|怎么|如何|为何|为啥|怎样|哪些|哪个|哪种|可以|是否|有没有|能不能|该|[的了吗呢吧啊是和与在]/g;

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

/** A pattern that finds a word: a Latin one whole, a Chinese one wherever it stands. @param {string} word */
function whole(word) {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `${/^\w/.test(word) ? "(?<![\\w.])" : ""}${escaped}${/\w$/.test(word) ? "(?![\\w.])" : ""}`;
}

/** A function that puts the words that stand for others in their places. @param {Record<string, string>} words  from a word, in lower case, to the one that stands for it @returns {(text: string) => string} */
function replacer(words) {
  // The longest first, as one word may hold another.
  const longest = Object.keys(words).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longest.map(whole).join("|"), "gi");
  return (text) => text.replace(pattern, (word) => ` ${words[word.toLowerCase()]} `);
}

/** Whether two terms are forms of one word: the same, or one the beginning of the other, as of `simulate` and `simulator`. @param {string} one @param {string} other */
function alike(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (/^[a-z]{5,}$/.test(short) && long.startsWith(short) && /^[a-z]+$/.test(long));
}

/** What readers ask in their own words, and how near a query comes to it. */
class Questions {
  /** @param {Record<string, string[]>} answers @param {Record<string, string>} same */
  constructor(answers, same) {
    const meant = replacer(same);
    /** The terms of a question. In lower case, as the words inside of a name would count beside the name. @param {string} text */
    this.terms = (text) => new Set(terms(asked(meant(text)).toLowerCase()));
    /** @type {Question[]} */
    this.known = Object.entries(answers).flatMap(([place, questions]) =>
      questions.map((question) => ({
        page: place.split("#")[0] ?? "",
        place: place.includes("#") ? place : `${place}#`,
        terms: this.terms(question),
      })),
    );
    /** @type {Map<string, number>} */
    this.count = new Map();
    for (const term of this.known.flatMap((question) => [...question.terms])) {
      this.count.set(term, (this.count.get(term) ?? 0) + 1);
    }
  }

  /** How much a term tells: the less, the more questions hold it. @param {string} term */
  weight(term) {
    return Math.log(1 + this.known.length / (this.count.get(term) ?? 1));
  }

  /** @param {Iterable<string>} all */
  total(all) {
    return [...all].reduce((sum, term) => sum + this.weight(term), 0);
  }

  /**
   * By page, the question that is nearest to a query, and how near: from above 0 to 1, where both have the same terms.
   * @param {string} query
   * @returns {Map<string, {place: string, near: number}>}
   */
  nearest(query) {
    /** @type {Map<string, {place: string, near: number}>} */
    const found = new Map();
    const wanted = this.terms(query);
    const all = this.total(wanted);
    for (const { page, place, terms: own } of this.known) {
      const held = this.total([...own].filter((term) => [...wanted].some((one) => alike(one, term))));
      const answered = this.total([...wanted].filter((term) => [...own].some((one) => alike(one, term))));
      const near = (held / this.total(own)) * (answered / all);
      if (near > (found.get(page)?.near ?? 0)) {
        found.set(page, { place, near });
      }
    }
    return found;
  }
}

class Search {
  /** @param {Data} data */
  constructor({ words, same, answers, sections }) {
    const known = sections.map((section) => ({ ...section, id: `${section.page}#${section.anchor}` }));
    this.sections = new Map(known.map((section) => [section.id, section]));
    this.titles = new Map(sections.filter(({ anchor }) => !anchor).map(({ page, title }) => [page, title]));
    this.said = replacer(words);
    this.questions = new Questions(answers, same);
    /** @type {Index} */
    // @ts-expect-error  MiniSearch is loaded by the page
    this.index = new MiniSearch({
      fields: ["name", "title", "defines", "text"],
      storeFields: ["page", "anchor", "title", "text"],
      tokenize: terms,
      processTerm: (/** @type {string} */ term) => term,
    });
    this.index.addAll(known.map((section) => ({ ...section, name: this.titles.get(section.page) ?? "" })));
  }

  /**
   * The pages that answer a query, best first, each with its best places.
   * @param {string} query
   * @returns {Found[]}
   */
  pages(query) {
    const replaced = this.said(query);
    const said = asked(replaced);
    const found = this.holding(said, new Set(terms(said)).size);
    const most = Math.max(...[...found.values()].map(({ score }) => score));
    for (const page of found.values()) {
      page.score /= most;
    }
    for (const [page, { place, near }] of this.questions.nearest(replaced)) {
      if (near > NEAR || (found.has(page) && near > 0)) {
        const known = found.get(page) ?? { page, score: 0, hits: [] };
        known.score += ASKED * near;
        found.set(page, near > NEAR ? { ...known, hits: this.first(place, known.hits) } : known);
      }
    }
    const ranked = [...found.values()].sort((a, b) => b.score - a.score);
    // Pages below a twentieth of the best score, which hold one common word of many, are left out.
    return ranked.filter(({ score }) => score > (ranked[0]?.score ?? 0) / 20);
  }

  /**
   * The pages that hold terms of a query.
   * @param {string} query @param {number} wanted  how many terms the query has
   * @returns {Map<string, Found>}
   */
  holding(query, wanted) {
    const long = (/** @type {string} */ term) => /^[a-z_]{4,}$/.test(term);
    const hits = this.index.search(query, {
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
    return found;
  }

  /**
   * A page's places, with the one that answers the question in front.
   * @param {string} place @param {Hit[]} hits
   * @returns {Hit[]}
   */
  first(place, hits) {
    const hit = hits.find(({ id }) => id === place) ?? this.hit(place);
    return hit ? [hit, ...hits.filter(({ id }) => id !== place)] : hits;
  }

  /** A place that holds none of the query's terms. @param {string} place @returns {Hit | undefined} */
  hit(place) {
    const section = this.sections.get(place);
    return section && { ...section, score: 0, queryTerms: [], terms: [] };
  }

  /** What was found on a page of the other language, on this language's: its places have the same names. @param {Found} found @returns {Found} */
  counterpart(found) {
    return { ...found, hits: found.hits.flatMap(({ id }) => this.hit(id) ?? []) };
  }
}

/** How much a question that is the query counts beside the page that holds the query's terms best, which counts 1. */
const ASKED = 2.5;
/** From how near a question its place stands first. */
const NEAR = 0.15;
/** Factors on the scores of a folder's pages: a reference page explains, an example only shows. @type {Record<string, number>} */
const BOOSTS = { reference: 1.25, gallery: 0.5 };
const MOST_PAGES = 20;
const MOST_PLACES = 3;

/** How a query looks that is asked in a language, which is called by its folder: Chinese has Chinese characters, English words that are no names of code. @type {Record<string, RegExp>} */
const ASKED_IN = { zh: /\p{Script=Han}/u, en: /^(?!.*\p{Script=Han}).*(?<![\w.])[A-Z]?[a-z]{2,}(?![\w.(])/su };

/** The site's other language, whose pages are offered to a query that is asked in it; its data is loaded for the first such query. */
class OtherLanguage {
  /** @param {HTMLElement} place  holds where the language's folder is, and shows the offer */
  constructor(place) {
    this.place = place;
    this.folder = place.dataset.folder ?? "";
    this.root = place.dataset.root ?? "";
    /** @type {Search | undefined} */
    this.search = undefined;
    this.asked = false;
  }

  /** Whether a query is asked in this language. @param {string} query */
  speaks(query) {
    return ASKED_IN[this.folder]?.test(query) ?? false;
  }

  /** Load the data, unless it was asked for already; it may be missing, where one language alone was built. @param {() => void} then */
  load(then) {
    this.asked = true;
    const script = element("script", { src: `${this.root}_static/search-data.js` }, []);
    script.addEventListener("load", () => {
      this.search = new Search(searchData(this.folder));
      then();
    });
    script.addEventListener("error", then);
    document.head.append(script);
  }

  /** Offer the pages that answer a query, and return them. @param {string} query @returns {Found[]} */
  offer(query) {
    const pages = (this.speaks(query) && this.search?.pages(query)) || [];
    const links = pages.slice(0, MOST_PLACES).map(({ page, hits: [hit] }) => {
      const inside = hit?.anchor ? ` › ${hit.title}` : "";
      const href = `${this.root}${page}.html${inside && `#${hit?.anchor}`}`;
      return element("li", {}, [element("a", { href }, [`${this.search?.titles.get(page)}${inside}`])]);
    });
    this.place.querySelector("ul")?.replaceChildren(...links);
    this.place.hidden = links.length === 0;
    return pages;
  }
}

/** What the build wrote of a language. @param {string} folder @returns {Data} */
function searchData(folder) {
  // @ts-expect-error  written by the build
  return window.lrdocSearch[folder];
}

/**
 * Show what is found, and offer pages of the other language to a query that is asked in it.
 * @param {Search} search @param {OtherLanguage} other @param {string} query
 */
function show(search, other, query) {
  const offered = other.offer(query);
  const own = query.trim() ? search.pages(query) : [];
  // The same pages, where this language has none of the words.
  list(search, query, own.length ? own : offered.map((found) => search.counterpart(found)));
}

/** @param {Search} search @param {string} query @param {Found[]} pages */
function list(search, query, pages) {
  const status = /** @type {HTMLElement} */ (document.getElementById("lr-search-status"));
  const hits = /** @type {HTMLElement} */ (document.getElementById("lr-search-hits"));
  if (!query.trim()) {
    status.textContent = "";
  } else {
    status.textContent = pages.length ? `${status.dataset.found} ${pages.length}` : (status.dataset.none ?? "");
  }
  const example = (/** @type {string} */ name) => status.dataset.example?.replace("%(name)s", name) ?? name;
  hits.replaceChildren(
    ...pages.slice(0, MOST_PAGES).map(({ page, hits: found }) => {
      const title = search.titles.get(page) ?? page;
      const name = /^gallery\/plot_/.test(page) ? example(title) : title;
      const places = found.slice(0, MOST_PLACES).map((hit) => place(hit, hit.anchor ? hit.title : ""));
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
  const status = /** @type {HTMLElement} */ (document.getElementById("lr-search-status"));
  const search = new Search(searchData(status.dataset.folder ?? ""));
  const other = new OtherLanguage(/** @type {HTMLElement} */ (document.getElementById("lr-search-other")));
  const box = /** @type {HTMLInputElement} */ (document.querySelector(".lr-search input"));
  const showTyped = () => {
    if (other.speaks(box.value) && !other.asked) {
      other.load(showTyped);
    } else {
      show(search, other, box.value);
    }
  };
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.addEventListener("input", () => {
    showTyped();
    remember(box.value);
  });
  box.form?.addEventListener("submit", (event) => event.preventDefault());
  showTyped();
  if (!box.value) {
    box.focus();
  }
}
