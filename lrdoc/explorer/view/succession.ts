/** How the controls that a page holds from the first are succeeded by those of the script, without a loss for a reader who already uses them. */

/** What takes the place of the controls. */
export interface Successor {
  /** Take code as if the reader had typed it. */
  write(code: string): void;
  /** Show what has been set so far, where that is not done at once. */
  settle?(): void;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** By this `loader.ts` marks what a reader has set. */
const SET = "data-lr-set";

/** Have `begin` fill an element anew, once no pointer holds a control in it; then set what the reader has set, and press the button that the reader has pressed. */
export function succeed(host: HTMLElement, begin: () => Successor): void {
  if (host.querySelector("input:active") === null) {
    replace(host, begin);
  } else {
    addEventListener("pointerup", () => setTimeout(() => replace(host, begin)), { once: true });
  }
}

function replace(host: HTMLElement, begin: () => Successor): void {
  const before = inputsOf(host);
  const focused = before.indexOf(document.activeElement as Control);
  const code = host.querySelector<HTMLTextAreaElement>(`textarea[${SET}]`);
  const [pressed, held] = [`[${SET}]`, ":focus"].map((which) => host.querySelector(`button${which}`)?.textContent);
  const successor = begin();
  const after = inputsOf(host);
  (after[focused] ?? buttonNamed(host, held))?.focus({ preventScroll: true });
  for (const [at, input] of before.entries()) {
    successor.settle?.(); // later, it would put back what the next control is set to
    takeOver(input, after[at]);
  }
  if (code !== null) {
    successor.write(code.value);
  }
  buttonNamed(host, pressed)?.click();
}

function buttonNamed(host: HTMLElement, name: string | null | undefined): HTMLButtonElement | undefined {
  return Array.from(host.querySelectorAll("button")).find(({ textContent }) => textContent === name);
}

function inputsOf(host: HTMLElement): Control[] {
  return Array.from(host.querySelectorAll<Control>("input, select"));
}

function takeOver(before: Control, after: Control | undefined): void {
  if (after === undefined || !before.hasAttribute(SET)) {
    return;
  }
  after.value = before.value;
  if (after instanceof HTMLInputElement && before instanceof HTMLInputElement) {
    after.checked = before.checked;
  }
  for (const type of ["input", "change"]) {
    after.dispatchEvent(new Event(type, { bubbles: true }));
  }
}
