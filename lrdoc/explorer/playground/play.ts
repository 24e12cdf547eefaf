/** The playground: code as it stands in a training script, and its curves. */

import type { Editor } from "../view/codebox.ts";
import { Workbench } from "../view/workbench.ts";
import { examples } from "./examples.ts";
import { ported } from "./ported.ts";

/** Fill an element with the playground. */
export function play(host: HTMLElement, editor: (onEdit: (code: string) => void) => Editor): Workbench {
  return new Workbench(host, { examples: examples(), editor, name: "playground", controls: false, aside: ported });
}
