import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../../../lrdoc/explorer/engine/python/parse.ts";
import type { Expression } from "../../../../lrdoc/explorer/engine/python/syntax.ts";
import { repr } from "../../../../lrdoc/explorer/engine/python/values.ts";
import "../whole.ts";

/** Write an expression with a bracket around every operation. */
function bracketed(node: Expression): string {
  switch (node.type) {
    case "constant":
      return repr(node.value);
    case "name":
      return node.name;
    case "unary":
      return `(${node.sign} ${bracketed(node.operand)})`;
    case "binary":
    case "logic":
      return `(${bracketed(node.left)} ${node.sign} ${bracketed(node.right)})`;
    case "compare":
      return `(${[bracketed(node.first), ...node.rest.map((one) => `${one.sign} ${bracketed(one.operand)}`)].join(" ")})`;
    case "conditional":
      return `(${bracketed(node.then)} if ${bracketed(node.test)} else ${bracketed(node.otherwise)})`;
    default:
      return node.type;
  }
}

function expression(code: string): Expression {
  const [statement] = parse(code).statements;
  assert.ok(statement?.type === "expression");
  return statement.value;
}

test("operators bind as in Python", () => {
  const cases = {
    "-2**2": "(- (2 ** 2))",
    "2**-1": "(2 ** (- 1))",
    "2**3**2": "(2 ** (3 ** 2))",
    "a - b - c": "((a - b) - c)",
    "-a // b % c": "(((- a) // b) % c)",
    "a < b <= c": "(a < b <= c)",
    "(a < b) == c": "((a < b) == c)",
    "a not in b": "(a not in b)",
    "not a in b": "(not (a in b))",
    "not a and b": "((not a) and b)",
    "a and not b or c": "((a and (not b)) or c)",
    "not not a or b and c": "((not (not a)) or (b and c))",
    "a if not b and c else d": "(a if ((not b) and c) else d)",
    "a if b else c if d else e": "(a if b else (c if d else e))",
  };
  for (const [code, wanted] of Object.entries(cases)) {
    assert.equal(bracketed(expression(code)), wanted);
  }
});

test("numbers and strings are what Python takes them for", () => {
  const values = ["1_000", "0x1f", "1e-3", ".5", "5.", "'a\\n'", "r'\\n'", "'a' \"b\"", "True", "None"];
  assert.deepEqual(
    values.map((code) => bracketed(expression(code))),
    ["1000", "31", "0.001", "0.5", "5.0", "'a\\n'", "'\\\\n'", "'ab'", "True", "None"],
  );
});

test("arguments that cannot stand where they do are Python's SyntaxError", () => {
  for (const code of ["f(a=1, 2)", "f(a=1, a=2)"]) {
    const [first] = parse(code).errors;
    assert.match(first?.error ?? "", /keyword argument/);
  }
});

test("where there is a mistake, there are no statements, as Python would run none", () => {
  for (const code of ["a = 1\nb = (2\n", "a = 1\nf() = 2", "a = 1\n1 += 2", "a = 1\nfor 3 in a: pass"]) {
    const { statements, errors } = parse(code);
    assert.equal(statements.length, 0, code);
    assert.notEqual(errors.length, 0, code);
  }
});

test("a character that Python does not take is told, with what to write instead", () => {
  for (const [code, character, plain] of [
    ["“n” = 10", "“", '"'],
    ["n＝10", "＝", "="],
    ["n = １0", "１", "1"],
    ["f(a，b)", "，", ","],
    ["f（a)", "（", "("],
    ["\u3000n = 10", "\u3000", undefined],
    ["n = 1€", "€", undefined],
  ] as const) {
    const { statements, errors } = parse(code);
    assert.equal(statements.length, 0, code);
    assert.equal(code.slice(errors[0]?.from, errors[0]?.to), character);
    assert.equal(new Map(Object.entries(errors[0]?.filling ?? {})).get("plain"), plain);
  }
  assert.deepEqual(parse("率 = '，“”' # （\nｎ = f'＝'").errors, []);
});

test("statements are told apart", () => {
  const code =
    "import a.b as c, d\nfrom e import f as g\nx = y = 1\nx += 1\nfor i, (a, b) in c:\n  pass\nif a:\n  pass\nelif b:\n  pass\nelse:\n  pass\n@property\ndef f(a, b=1):\n  return a\n";
  const { statements } = parse(code);
  assert.deepEqual(
    statements.map(({ type }) => type),
    ["import", "import", "assign", "augment", "for", "if", "def"],
  );
  const [first, second] = statements;
  assert.deepEqual(first?.type === "import" && first.bindings, [
    { module: "a.b", name: null, as: "c" },
    { module: "d", path: "d", name: null, as: "d" },
  ]);
  assert.deepEqual(second?.type === "import" && second.bindings, [{ module: "e", name: "f", as: "g" }]);
});
