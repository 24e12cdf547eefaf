/** The playground, if the page has a place for it. */

import { codeBox, type Editor } from "../view/codebox.ts";
import { beginnings } from "../view/main.ts";
import { complete } from "./completion.ts";
import { playground } from "./play.ts";

/** Return what starts the playground. */
export function playgrounds(): (() => void)[] {
  const hosts = Array.from(document.querySelectorAll<HTMLElement>("[data-lr-playground]"));
  return hosts.flatMap((host) => beginnings(host, () => playground(editor)));
}

/** Return the editor, or a plain box where its script could not be loaded. */
function editor(onEdit: (code: string) => void): Editor {
  return window.lrdocEditor?.(onEdit, complete) ?? codeBox(onEdit);
}
