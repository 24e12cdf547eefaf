/** The playground: code as it stands in a training script, and its curves. */

import { Workbench } from "../view/workbench.ts";
import { codeEditor } from "./editor.ts";
import { examples } from "./examples.ts";
import { ported } from "./ported.ts";

/** Start the playground, if the page has a place for it. */
export function start(): void {
  const host = document.querySelector<HTMLElement>("[data-lr-playground]");
  if (host !== null) {
    new Workbench(host, {
      examples: examples(),
      editor: codeEditor,
      name: "playground",
      controls: false,
      aside: ported,
    });
  }
}
