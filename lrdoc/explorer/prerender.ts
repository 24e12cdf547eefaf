/**
 * Writes what every explorer shows before its script has come: the same elements, with the values of its example.
 *
 * Reads the words of the interface from the standard input, as JSON, and writes to the standard output, as JSON, the HTML of each explorer by the name of its scheduler, its recipe or its page, of the playground, and of the chooser.
 * The chart is left empty: the page puts its figure there.
 */

import { Window } from "happy-dom";

const PARTS = [
  "document",
  "location",
  "history",
  "navigator",
  "devicePixelRatio",
  "CustomEvent",
  "ResizeObserver",
  "MutationObserver",
  "CSS",
] as const;
const METHODS = ["getComputedStyle", "matchMedia", "addEventListener", "requestAnimationFrame"] as const;

/** Give Node the parts of a browser that the view uses. */
function browser(): Window {
  const window = new Window({ url: "https://lrdoc.invalid/" });
  const parts = Object.fromEntries([
    ["window", window],
    ...PARTS.map((name) => [name, window[name]]),
    ...METHODS.map((name) => [name, window[name].bind(window)]),
  ]);
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return window;
}

/** Put what the controls hold into their attributes, which HTML is written from. */
function settle(root: HTMLElement): void {
  for (const control of root.querySelectorAll("input")) {
    control.setAttribute("value", control.value);
    control.toggleAttribute("checked", control.checked);
    if (control.type !== "checkbox") {
      control.setAttribute("autocomplete", "off"); // a browser would bring back what a reader had set before
    }
  }
  for (const option of root.querySelectorAll("option")) {
    option.toggleAttribute("selected", option.selected);
  }
  for (const box of root.querySelectorAll("textarea")) {
    box.textContent = box.value;
  }
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  const { document } = browser();
  globalThis.window.lrdocStrings = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
  const { schedulers } = await import("./engine/index.ts");
  const { examples, recipes } = await import("./engine/described.ts");
  const { install } = await import("./engine/recipebook.ts");
  const { Chooser } = await import("./view/chooser.ts");
  const { explorer } = await import("./view/main.ts");
  const { playground } = await import("./playground/play.ts");
  const { codeBox } = await import("./view/codebox.ts");
  install();
  const found: Record<string, string> = {};
  const keep = (name: string, begin: (host: HTMLElement) => void): void => {
    const host = globalThis.document.createElement("div");
    document.body.replaceChildren(host as never);
    begin(host);
    settle(host);
    host.querySelector(".lr-charts")?.append(globalThis.document.createComment("figure"));
    found[name] = host.innerHTML;
  };
  for (const name of [...[...schedulers, ...recipes()].map((one) => one.name), ...Object.keys(examples())]) {
    keep(name, (host) => explorer(name).begin(host));
  }
  keep("playground", (host) => playground(codeBox).begin(host));
  keep("chooser", (host) => new Chooser(host));
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
}

await main();
