/** The playground: code as it stands in a training script, and its curves. */

import type { Editor } from "../view/codebox.ts";
import { Workbench } from "../view/workbench.ts";
import { examples } from "./examples.ts";
import { ported } from "./ported.ts";

/** Return the playground, with an editor. */
export function playground(editor: (onEdit: (code: string) => void) => Editor): Workbench {
  return new Workbench({ examples: examples(), editor, name: "playground", controls: false, aside: ported });
}
