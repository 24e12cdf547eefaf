/** The ways in which code can go wrong. */

import { type Key, messages } from "../generated/messages.ts";
import type { Span } from "../types.ts";

/** What is filled into a message. */
export type Filling = Readonly<Record<string, string | number>>;

/** Return one of the engine's own messages, in English. */
export function say(key: Key, filling: Filling = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));
}

/** Something wrong, and where in the user's code, as soon as that is known. */
export abstract class Trouble extends Error {
  span: Span | null = null;
  /** Whether it has been reported already; what follows from it is not reported again. */
  reported = false;
}

/** An exception of Python, raised by OneFlow's own code or by an operation. */
export class PythonError extends Trouble {
  /** The parameters of a constructor that the failing check is about. */
  parameters: readonly string[] | null = null;
  readonly kind: string;
  readonly text: string;

  constructor(kind: string, text: string) {
    super(text === "" ? kind : `${kind}: ${text}`);
    this.kind = kind;
    this.text = text;
  }
}

/** A trouble with a message of the engine's own, which a page may translate. */
export abstract class OwnTrouble extends Trouble {
  readonly key: Key;
  readonly filling: Filling;

  constructor(key: Key, filling: Filling = {}) {
    super(say(key, filling));
    this.key = key;
    this.filling = filling;
  }
}

/** What the engine does not understand. */
export class Puzzle extends OwnTrouble {
  /** The name whose value is missing, if that is the trouble. */
  readonly wanted: string | null;

  constructor(key: Key, filling: Filling = {}, wanted: string | null = null) {
    super(key, filling);
    this.wanted = wanted;
  }
}

/** More work than the engine does for one piece of code. */
export class TooMuch extends OwnTrouble {}

export function typeError(text: string): PythonError {
  return new PythonError("TypeError", text);
}

/** Note where in the code `error` arose, unless a narrower place is noted. */
export function locate(error: unknown, span: Span): unknown {
  if (error instanceof Trouble && error.span === null) {
    error.span = span;
  }
  return error;
}
