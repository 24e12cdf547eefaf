/** The view of a state alone, for an `<iframe>` on another page. */

import { element } from "./dom.ts";
import { text } from "./strings.ts";

/** What follows the address of such a page; `loader.ts` reads it. */
const SEARCH = "?embed";
const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/** Return the HTML that shows what an address shows. */
export function embedding(address: string, title: string): string {
  const url = new URL(address);
  url.search = SEARCH;
  const [src, named] = [url.href, title].map((words) => words.replace(/[&"<>]/g, (sign) => ESCAPED[sign] ?? sign));
  return `<iframe src="${src}" title="${named}" width="720" height="480" loading="lazy"></iframe>`;
}

/** Return what leads from an embedded view to the page that it is part of; nothing where the page is whole. */
export function wayBack(): HTMLElement[] {
  if (location.search !== SEARCH) {
    return [];
  }
  const link = element("a", { target: "_blank", rel: "noopener", href: location.pathname }, text("embedOpen"));
  const follow = (): void => link.setAttribute("href", location.pathname + location.hash);
  link.addEventListener("pointerdown", follow);
  link.addEventListener("focus", follow);
  return [element("p", { class: "lr-back" }, link)];
}
