/** How the controls that a page holds from the first are succeeded by those of the script, without a loss for a reader who already uses them. */

import type { Workbench } from "./workbench.ts";

/** By this `loader.ts` marks what a reader has set. */
const SET = "data-lr-set";

/** Have `begin` fill an element anew, once no pointer holds a control in it; then set what the reader has set. */
export function succeed(host: HTMLElement, begin: () => Workbench): void {
  if (host.querySelector("input:active") === null) {
    replace(host, begin);
  } else {
    addEventListener("pointerup", () => setTimeout(() => replace(host, begin)), { once: true });
  }
}

function replace(host: HTMLElement, begin: () => Workbench): void {
  const before = inputsOf(host);
  const focused = before.indexOf(document.activeElement as HTMLInputElement);
  const code = host.querySelector<HTMLTextAreaElement>(`textarea[${SET}]`);
  const workbench = begin();
  const after = inputsOf(host);
  after[focused]?.focus({ preventScroll: true });
  for (const [at, input] of before.entries()) {
    takeOver(input, after[at]);
  }
  if (code !== null) {
    workbench.write(code.value);
  }
}

function inputsOf(host: HTMLElement): HTMLInputElement[] {
  return Array.from(host.querySelectorAll("input"));
}

function takeOver(before: HTMLInputElement, after: HTMLInputElement | undefined): void {
  if (after !== undefined && before.hasAttribute(SET)) {
    after.value = before.value;
    after.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
