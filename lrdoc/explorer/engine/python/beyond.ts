/** What a page without the parts for whole scripts leaves to the playground, which has them: it might draw it wrong, or draw what Python refuses. */

import { SETTING } from "../changes.ts";
import type { Expression, Statement } from "./syntax.ts";
import type { Mistake, Token } from "./tokens.ts";

type Node = Expression | Statement;

/** What code on such a page is made of. */
const KINDS: ReadonlySet<string> = new Set(
  "assign augment expression if for return raise pass def class import constant format name sequence dict unary binary compare logic conditional lambda call attribute subscript slice comprehension mapping odd".split(
    " ",
  ),
);
/** Operators that change a value in place. */
const SIGNS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "//", "%", "**"]);
/** Modules whose names are known there. */
const MODULES = /^(oneflow|math)\b/;
/** Words that are left to the playground: names, methods' names with their dot, and texts of bytes or with codes of characters. */
const WORDS = /^(await|async|vars|object|isinstance|\.format|\.update)$|^\w*[bB]\w*["']|^\w*["'].*\\[xuUN]/s;

/** Return the first part of code that is left to the playground; null where there is none. */
export function beyond(statements: readonly Statement[], words: readonly Token[]): Mistake | null {
  const found = nodesIn(statements).find(isBeyond) ?? words.find((_word, at) => isOdd(words, at));
  return found === undefined ? null : { from: found.from, to: found.to, key: "forPlayground", filling: {} };
}

function isBeyond(node: Node): boolean {
  switch (node.type) {
    case "def":
      return node.decorators.length > 0 || node.yields || node.isAsync || node.body.some(importsAll);
    case "class":
      return (
        node.decorators.length > 0 ||
        node.keywords.length > 0 ||
        node.body.some((one) => one.type === "return" || importsAll(one))
      );
    case "import":
      return node.bindings.some(({ module }) => !MODULES.test(module));
    case "augment":
      return !SIGNS.has(node.sign);
    case "comprehension":
    case "mapping":
      return node.element.type === "starred";
    case "starred":
      return node.stars === "*";
    default:
      return !KINDS.has(node.type);
  }
}

function importsAll(statement: Statement): boolean {
  return statement.type === "import" && statement.bindings.some(({ name }) => name === "*");
}

/** Tell whether a word is left to the playground, or a sign that stands among parameters in place of one. */
function isOdd(words: readonly Token[], at: number): boolean {
  const [before = "", text = ""] = [at - 1, at].map((one) => words[one]?.text);
  return (
    (before !== "." && SETTING.has(text)) ||
    WORDS.test(before === "." ? `.${text}` : text) ||
    (text === "/" && /^[(,]$/.test(before)) ||
    (text === "*" && /^[(,:]$|^lambda$/.test(before))
  );
}

/** Return the nodes in a part of the tree, each before those in it. */
function nodesIn(part: unknown): Node[] {
  if (Array.isArray(part)) {
    return part.flatMap(nodesIn);
  }
  if (typeof part !== "object" || part === null) {
    return [];
  }
  const within = Object.getPrototypeOf(part) === Object.prototype ? Object.values(part).flatMap(nodesIn) : [];
  return "type" in part && "from" in part ? [part as Node, ...within] : within;
}
