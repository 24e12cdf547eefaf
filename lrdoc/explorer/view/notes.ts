/** What the reader should know about how the code was read: sentences above the chart, some with a link to a page of the site. */

import type { Note } from "../engine/index.ts";
import { lineOf } from "./codebox.ts";
import { element, hide } from "./dom.ts";
import { said, text } from "./strings.ts";

const LINK = /^([a-z0-9_/]+)(#[\w-]+)?$/;

export class Notes {
  readonly root = element("ul", { class: "lr-notes", "aria-live": "polite", hidden: true });
  #shown = "";

  show(notes: readonly Note[], code: string): void {
    const told = notes.map((note) => ({ words: wordsOf(note, code), address: addressOf(note.link) }));
    const shown = JSON.stringify(told);
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    hide(this.root, told.length === 0);
    this.root.replaceChildren(...told.map(({ words, address }) => element("li", {}, words, ...more(address))));
  }
}

function wordsOf(note: Note, code: string): string {
  return text("told", { line: lineOf(code, note.from), message: said(note) });
}

function more(address: string | null): (Node | string)[] {
  return address === null ? [] : [" ", element("a", { href: address }, text("noteLink"))];
}

function addressOf(link: string | undefined): string | null {
  const [, page, heading = ""] = LINK.exec(link ?? "") ?? [];
  return page === undefined ? null : addressOfPage(page, heading);
}

/** Return where a page of the site is, seen from the present one; `part` is what follows, from the `#` on. */
export function addressOfPage(page: string, part = ""): string {
  const root = document.documentElement.getAttribute("data-content_root") ?? "./";
  return `${root}${page}.html${part}`;
}
