/** The playground, if the page has a place for it. */

import { succeed } from "../view/succession.ts";
import { codeEditor } from "./editor.ts";
import { play } from "./play.ts";

/** Return what starts the playground. */
export function playgrounds(): (() => void)[] {
  const hosts = Array.from(document.querySelectorAll<HTMLElement>("[data-lr-playground]"));
  return hosts.map((host) => () => succeed(host, () => play(host, codeEditor)));
}
