/** Answers cases: a JSON list of them on stdin, a JSON list of answers on stdout. What is asked for is answered, as far as the case has an answer. */

import { readFileSync } from "node:fs";
import { asOneFlow } from "../../lrdoc/explorer/engine/asoneflow.ts";
import {
  type Ask,
  type Given,
  look,
  type Options,
  type Reading,
  type Traced,
} from "../../lrdoc/explorer/engine/index.ts";

interface Case extends Options {
  readonly code: string;
  readonly answers?: Readonly<Record<string, Given>>;
}

type Asked = Readonly<Record<string, Given>>;

/** Look at the code, answer what is asked, and look again until nothing more is asked. */
function asked({ code, answers = {}, ...options }: Case): { names: Asked; looked: Reading & Traced } {
  let names: Asked = {};
  for (;;) {
    const looked = look(code, { ...options, names });
    const open = looked.asks.filter((ask) => isOpen(ask, names) && ask.name in answers);
    if (open.length === 0) {
      return { names, looked };
    }
    names = { ...names, ...Object.fromEntries(open.map(({ name }) => [name, answers[name] ?? 0])) };
  }
}

function isOpen(ask: Ask, names: Asked): boolean {
  return ask.default === undefined && !(ask.name in names);
}

function answer(one: Case): unknown {
  const { names, looked } = asked(one);
  const { curves, errors, asks, notes } = looked;
  return {
    names,
    open: asks.filter((ask) => isOpen(ask, names)).map(({ name }) => name),
    curves: curves.map(({ label, lr, group }) => ({ label, lr: Array.from(lr), group: group ?? null })),
    errors: errors.map(({ message }) => message),
    oneflow: asOneFlow(one.code, { ...one, names })?.code ?? null,
    notes: notes.map(({ key, message, link }) => ({ key, message, link: link ?? null })),
  };
}

/** Answer all cases on stdin. */
export function answerAll(): void {
  const cases = JSON.parse(readFileSync(0, "utf-8")) as readonly Case[];
  process.stdout.write(JSON.stringify(cases.map(answer)));
}
