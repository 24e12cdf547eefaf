// Renders formulas: one JSON request per line on stdin, one JSON answer per line on stdout.
// A process of its own, started once per build: starting Node costs more than hundreds of formulas.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { default: katex } = await import(pathToFileURL(process.argv[2]).href);

/** @param {{tex: string, display: boolean}} request */
function answer({ tex, display }) {
  const options = { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error" };
  try {
    return { html: katex.renderToString(tex, options) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
