/** Write long constructor calls over several lines, an argument on each. */

const WIDTH = 68;

/** Return a call with its arguments on lines of their own where it is too long for one; `before` is what stands in front. */
export function laidOut(code: string, before = "", indent = ""): string {
  const head = /^(?:\w+=)?[\w.]*[([]/.exec(code)?.[0];
  if (head === undefined || indent.length + before.length + code.length <= WIDTH) {
    return before + code;
  }
  const inner = `${indent}    `;
  const lines = split(code.slice(head.length, -1)).map((part) => `${inner}${laidOut(part, "", inner)},\n`);
  return `${before}${head}\n${lines.join("")}${indent}${code.at(-1)}`;
}

/** Split arguments at the commas that are not inside of brackets. */
function split(words: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < words.length; at += 1) {
    const sign = words[at] as string;
    if ("([".includes(sign)) {
      depth += 1;
    }
    if (")]".includes(sign)) {
      depth -= 1;
    }
    if (sign === "," && depth === 0) {
      parts.push(words.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, words.slice(start).trim()];
}
