/** The playground, if the page has a place for it. */

import { beginnings } from "../view/main.ts";
import { codeEditor } from "./editor.ts";
import { playground } from "./play.ts";

/** Return what starts the playground. */
export function playgrounds(): (() => void)[] {
  const hosts = Array.from(document.querySelectorAll<HTMLElement>("[data-lr-playground]"));
  return hosts.flatMap((host) => beginnings(host, () => playground(codeEditor)));
}
