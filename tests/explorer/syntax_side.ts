/** Whether the playground takes code for Python: a JSON list of cases on stdin, a JSON list of messages on stdout, null for what it takes. */

import { readFileSync } from "node:fs";
import { say } from "../../lrdoc/explorer/engine/python/errors.ts";
import { parse } from "../../lrdoc/explorer/engine/python/parse.ts";
import { install } from "../../lrdoc/explorer/engine/scripts/install.ts";

install();
const cases = JSON.parse(readFileSync(0, "utf-8")) as readonly { readonly code: string }[];
const answers = cases.map(({ code }) => {
  const [first] = parse(code).errors;
  return { message: first === undefined ? null : `${first.from}: ${say(first.key, first.filling)}` };
});
process.stdout.write(JSON.stringify(answers));
