/** What the chooser makes of trainings: a JSON list of them on stdin, a JSON list of counts, code and curves on stdout. */

import { readFileSync } from "node:fs";
import { look } from "../../lrdoc/explorer/engine/index.ts";
import { install } from "../../lrdoc/explorer/engine/recipebook.ts";
import {
  drawnCode,
  EXAMPLE,
  lengthOf,
  recipeOf,
  type Training,
  writtenCode,
} from "../../lrdoc/explorer/view/training.ts";

function answer(given: Partial<Training>): unknown {
  const training = { ...EXAMPLE, ...given };
  const length = lengthOf(training);
  const { curves, errors } = look(drawnCode(training), { lr: training.lr, steps: Math.max(1, length.total) });
  return {
    length,
    recipe: recipeOf(training),
    code: writtenCode(training),
    curves: curves.map(({ lr }) => Array.from(lr)),
    errors: errors.map(({ message }) => message),
  };
}

install();
const cases = JSON.parse(readFileSync(0, "utf-8")) as readonly Partial<Training>[];
process.stdout.write(JSON.stringify(cases.map(answer)));
