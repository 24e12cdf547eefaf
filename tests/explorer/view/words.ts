/** Gives the view texts that name themselves and what they are filled with, in place of those of a built page. */

import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../../../lrdoc/explorer/strings.py", import.meta.url), "utf-8");
const keys = [...source.matchAll(/^ {4}"(\w+)": _\((".*")\),$/gm)].map((match) => [
  match[1],
  JSON.parse(match[2] as string),
]);

Object.assign(globalThis, { window: { lrdocStrings: Object.fromEntries(keys) } });
