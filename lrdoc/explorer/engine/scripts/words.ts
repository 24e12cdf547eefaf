/** What Python refuses of words alone, wherever they stand: texts, and signs that end nothing. */

import { everyStatement } from "../nature.ts";
import type { Statement } from "../python/syntax.ts";
import type { Token } from "../python/tokens.ts";
import type { Span } from "../types.ts";

/** An escape that is one; all that are left after these begin with what needs more. */
const ESCAPE = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(0[\da-fA-F]|10)[\da-fA-F]{4}|N\{[^}]+\}|[^xuUN])/gs;
const ESCAPE_OF_BYTES = /\\(x[\da-fA-F]{2}|[^x])/gs;

/** Return the first text with a character that is called by its name: which names there are is not known. */
export function unnamed(words: readonly Token[]): Span | null {
  return words.find(({ type, text }) => type === "string" && !/^\w*[rRbB]/.test(text) && /\\N\{/.test(text)) ?? null;
}

/** Return the first word that Python refuses; null where there is none. */
export function misspelt(words: readonly Token[], statements: readonly Statement[]): Span | null {
  const functions = Array.from(everyStatement(statements)).filter((one) => one.type === "def");
  const isWithin = ({ from }: Span): boolean =>
    functions.filter((one) => (one.body[0]?.from ?? 0) <= from && from < one.to).at(-1)?.isAsync === true;
  return (
    words.find((word, at) => {
      const [before, next] = [words[at - 1], words[at + 1]];
      switch (word.type) {
        case "string":
          return isMisspelt(word.text) || (next?.type === "string" && isBytes(next.text) !== isBytes(word.text));
        case "sign":
          return endsNothing(word.text, words.slice(at + 1, at + 3)) || (word.text === "/" && before?.text === "(");
        case "name":
          return (word.text === "await" || (word.text === "async" && next?.text !== "def")) && !isWithin(word);
        default:
          return false;
      }
    }) ?? null
  );
}

function isBytes(text: string): boolean {
  return /^\w*b/i.test(text);
}

/** Tell whether a text has an escape that is none, or stands for bytes that are none. */
function isMisspelt(text: string): boolean {
  const [prefix = "", body = ""] = [/^\w*/.exec(text)?.[0], text.replace(/^\w*/, "")];
  if (isBytes(prefix) && /[^\0-\x7f]/.test(body)) {
    return true;
  }
  const [known, odd] = isBytes(prefix) ? [ESCAPE_OF_BYTES, /\\x/] : [ESCAPE, /\\[xuUN]/];
  return !/r/i.test(prefix) && odd.test(body.replace(known, ""));
}

/** Tell whether a star stands alone, with no parameter after it that is given by name. */
function endsNothing(sign: string, [next, second]: readonly Token[]): boolean {
  const isEnd = (word: Token | undefined): boolean => word?.type === "sign" && /^(\)|:|\*\*?)$/.test(word.text);
  return sign === "*" && (isEnd(next) || (next?.type === "sign" && next.text === "," && isEnd(second)));
}
