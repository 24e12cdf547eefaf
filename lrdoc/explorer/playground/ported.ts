/** The reader's code, ready to copy: as it is, and its scheduler part written for OneFlow alone. */

import { asOneFlow } from "../engine/asoneflow.ts";
import { read } from "../engine/index.ts";
import { copy } from "../view/clipboard.ts";
import { copyButton } from "../view/codebox.ts";
import { button, element, freshId } from "../view/dom.ts";
import type { State } from "../view/state.ts";
import { said, text } from "../view/strings.ts";
import type { Aside } from "../view/workbench.ts";
import { script } from "./script.ts";

/** Return a button that copies the code, one that shows it written for OneFlow, and the place for that; other code of the reader's takes it away. */
export function ported(state: () => State): Aside {
  const id = freshId();
  const place = element("div", { class: "lr-ported", id, hidden: true, "aria-live": "polite" });
  let of: Pick<State, "code" | "lr" | "names"> | null = null;
  const show = (shown: boolean): void => {
    place.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
  };
  const opener = button(
    text("ported"),
    () => {
      const opens = place.hidden !== false;
      if (opens) {
        of = state();
        place.replaceChildren(...written(of));
      }
      show(opens);
    },
    { "aria-expanded": "false", "aria-controls": id },
  );
  const copied = (): string => {
    const { code, lr, names } = state();
    return script({ code, lr, names }, read(code, names));
  };
  return {
    buttons: [copyButton(text("copyCode"), copied, copy), opener],
    root: place,
    refresh({ code, lr, names }) {
      if (of !== null && (of.code !== code || of.lr !== lr || of.names !== names)) {
        of = null;
        show(false);
      }
    },
  };
}

function written({ code, lr, names }: Pick<State, "code" | "lr" | "names">): HTMLElement[] {
  const made = asOneFlow(code, { lr, names });
  if (made === null) {
    return [element("p", {}, text("notPorted"))];
  }
  const notes = made.notes.map((note) => element("p", { class: "lr-hint" }, said(note)));
  return [
    element("pre", {}, element("code", {}, made.code)),
    copyButton(text("portedCopy"), () => made.code, copy),
    ...notes,
  ];
}
