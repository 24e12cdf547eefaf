/** The words of the interface, in the language of the page: `explorer-strings.js`, `chooser-strings.js` or `playground-strings.js` sets them. */

import type { Note, Problem } from "../engine/index.ts";

declare global {
  interface Window {
    lrdocStrings?: Readonly<Record<string, string>>;
  }
}

/** Return the text called `key` with its `{placeholders}` filled in; throw if there is none. */
export function text(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const found = window.lrdocStrings;
  const template = found && Object.hasOwn(found, key) ? found[key] : undefined;
  if (template === undefined) {
    throw new Error(`the page has no text ${key}`);
  }
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** Return what a problem or a note says: OneFlow's and Python's words as they are, the engine's own in the language of the page, where that has others. */
export function said({ message, key, filling }: Pick<Problem | Note, "message" | "key" | "filling">): string {
  const translated = `say_${key}`;
  return Object.hasOwn(window.lrdocStrings ?? {}, translated) ? text(translated, filling) : message;
}
