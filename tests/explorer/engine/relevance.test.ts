import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/scripts/install.ts";

install();

const PARSER =
  "import argparse\np = argparse.ArgumentParser()\np.add_argument('--a', type=int, default=1)\np.add_argument('--b', type=int, default=2)\nargs = p.parse_args()\n";

test("only names that have a part in what is drawn are asked for", () => {
  for (const [code, names] of [
    ["loader = DataLoader(d, args.b)\nStepLR(optimizer, args.a)", ["args.a"]],
    ["n = args.a\nm = n + 1\nx = args.b\nStepLR(optimizer, m)", ["args.a"]],
    ["c = {'k': args.b}\nd = dict(args=args.a)\nStepLR(optimizer, c['k'])", ["args.b"]],
    ["def f(n): return n + args.b\nStepLR(optimizer, f(args.a))", ["args.a", "args.b"]],
    ["m = []\nm.append(args.b)\nprint(args.a)\nMultiStepLR(optimizer, m)", ["args.b"]],
    ["if args.a > 3:\n  n = 2\nelse:\n  n = 3\nStepLR(optimizer, n)", ["args.a"]],
  ] as const) {
    assert.deepEqual(
      look(PARSER + code)
        .asks.map(({ name }) => name)
        .sort(),
      names,
      code,
    );
  }
});
