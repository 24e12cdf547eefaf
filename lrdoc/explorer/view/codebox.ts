/** Where the code stands and is edited. */

import type { Problem } from "../engine/index.ts";
import { button, element, freshId } from "./dom.ts";
import { said, text } from "./strings.ts";

/** An editor of code: the plain box of the reference pages, or the playground's own. */
export interface Editor {
  readonly root: HTMLElement;
  /** Show code that came from elsewhere than this editor. */
  show(code: string): void;
  /** Mark what is wrong. */
  mark(problems: readonly Problem[]): void;
}

/** Return a plain text box for code. */
export function codeBox(onEdit: (code: string) => void): Editor {
  const id = freshId();
  const box = element("textarea", {
    id,
    class: "lr-code",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    rows: 3,
  });
  box.addEventListener("input", () => onEdit(box.value));
  const fit = (): void => {
    if (CSS.supports("field-sizing: content")) {
      return; // then the stylesheet sizes the box
    }
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };
  new ResizeObserver(fit).observe(box);
  return {
    root: element("div", { class: "lr-codebox" }, element("label", { for: id }, text("code")), box),
    show(code) {
      if (box.value === code) {
        return;
      }
      box.value = code;
      fit();
    },
    mark(problems) {
      box.setAttribute("aria-invalid", String(problems.length > 0));
    },
  };
}

/** A button that copies and says so. */
export function copyButton(
  label: string,
  words: () => string,
  copy: (words: string) => Promise<boolean>,
): HTMLButtonElement {
  const made = button(label, async () => {
    const done = await copy(words());
    made.textContent = text(done ? "copied" : "notCopied");
    setTimeout(() => {
      made.textContent = label;
    }, 1500);
  });
  made.setAttribute("aria-live", "polite");
  return made;
}

/** Return the number of the line at a place of the code. */
export function lineOf(code: string, at: number): number {
  return code.slice(0, at).split("\n").length;
}

/** Characters of a piece of code that a message quotes. */
const QUOTED = 60;

/** Return what a problem says, and the code that it is about where the words do not name it. */
function explained(problem: Problem, code: string): string {
  const { key, filling = {}, name, from, to } = problem;
  if (name !== undefined) {
    return text("askedAbove", { message: said(problem) });
  }
  const [piece = ""] = code.slice(from, to).trim().split("\n");
  const names = Object.keys(filling).length > 0 || key === "noScheduler";
  return key === undefined || names || piece === ""
    ? said(problem)
    : text("quoted", { message: said(problem), code: piece.length > QUOTED ? `${piece.slice(0, QUOTED)}…` : piece });
}

function told(problem: Problem, code: string): string {
  const { from, step } = problem;
  const line = lineOf(code, from);
  const message = explained(problem, code);
  return step === undefined ? text("told", { line, message }) : text("problemAtStep", { line, step, message });
}

/** The list of what is wrong, each with its line. */
export class Problems {
  readonly root = element("ul", { class: "lr-problems", "aria-live": "polite" });

  /** `elsewhere` is where the playground has the code, which it may understand. */
  show(problems: readonly Problem[], code: string, elsewhere: string, others: readonly string[] = []): void {
    const isLeft = problems.some(({ key }) => key === "forPlayground");
    const isOwn = problems.some(({ key, name }) => key !== undefined && name === undefined);
    const ways = isOwn ? [text(isLeft ? "openThere" : "wayOut")] : [];
    const words = [...others, ...[...problems].sort((a, b) => a.from - b.from).map((problem) => told(problem, code))];
    if ([...words, ...ways].join("\n") !== [...this.root.children].map((item) => item.textContent).join("\n")) {
      const items = words.map((word) => element("li", {}, word));
      const linked = (way: string): Node | string => (isLeft ? element("a", { href: "" }, way) : way);
      this.root.replaceChildren(...items, ...ways.map((way) => element("li", { class: "lr-way" }, linked(way))));
    }
    this.root.querySelector("a")?.setAttribute("href", elsewhere);
  }
}
