/** Start the playground, if the page has a place for it. */

import { succeed } from "../view/succession.ts";
import { codeEditor } from "./editor.ts";
import { play } from "./play.ts";

export function start(): void {
  const host = document.querySelector<HTMLElement>("[data-lr-playground]");
  if (host !== null) {
    succeed(host, () => play(host, codeEditor));
  }
}
