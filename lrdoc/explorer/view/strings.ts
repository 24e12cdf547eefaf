/** The words of the interface, in the language of the page: `explorer-strings.js` brings them. */

declare global {
  interface Window {
    lrdocStrings?: Readonly<Record<string, string>>;
  }
}

/** Return the text called `key` with its `{placeholders}` filled in; throw if there is none. */
export function text(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const found = window.lrdocStrings;
  const template = found && Object.hasOwn(found, key) ? found[key] : undefined;
  if (template === undefined) throw new Error(`explorer-strings.js has no text ${key}`);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
