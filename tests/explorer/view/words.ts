/** Gives the view texts that name themselves and what they are filled with, in place of those of a built page. */

import { readFileSync } from "node:fs";

function texts(file: string, call: string, prefix = ""): [string, string][] {
  const source = readFileSync(new URL(`../../../lrdoc/${file}`, import.meta.url), "utf-8");
  const found = source.matchAll(new RegExp(`^ {4}"(\\w+)": ${call}\\((".*")\\),$`, "gm"));
  return [...found].map(([, key, text]) => [`${prefix}${key}`, JSON.parse(text as string)]);
}

const lrdocStrings = Object.fromEntries([
  ...texts("explorer/strings.py", "_"),
  ...texts("explorer/messages.py", "N_", "say_"),
]);

Object.assign(globalThis, { window: { lrdocStrings } });
