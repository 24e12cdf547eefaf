/** The ways in which code can go wrong. */

import { type Key, messages } from "../generated/messages.ts";
import type { Span } from "../types.ts";
import type { Instance } from "./values.ts";

/** What is filled into a message. */
export type Filling = Readonly<Record<string, string | number>>;

const words: Partial<Record<Key, string>> = { ...messages };

/** Let the engine say more. */
export function addMessages(more: Partial<Record<Key, string>>): void {
  Object.assign(words, more);
}

/** Return one of the engine's own messages, in English. */
export function say(key: Key, filling: Filling = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));
}

/** Something wrong, and where in the user's code, as soon as that is known. It is no `Error`: a browser would write down the stack for each, and a loop may make many. */
export abstract class Trouble {
  readonly message: string;
  span: Span | null = null;
  /** Whether it has been reported already; what follows from it is not reported again. */
  reported = false;
  /** Whether a statement of the user's raises an exception there, which nothing catches: the program ends. */
  isEnd = false;
  /** Further troubles that came with it. */
  readonly also: Trouble[] = [];

  constructor(message: string) {
    this.message = message;
  }

  /** Return the trouble as one that asks the reader for a value of a kind, where that helps. */
  asking(_kind: Want["kind"]): Trouble {
    return this;
  }
}

/** A name of the code that needs a value, and what the value must be. */
export interface Want {
  readonly name: string;
  readonly kind: "number" | "text" | "flag" | "list";
}

/** An exception of Python, raised by OneFlow's own code or by an operation. */
export class PythonError extends Trouble {
  /** The parameters of a constructor that the failing check is about. */
  parameters: readonly string[] | null = null;
  /** The object that the code raises; null for an exception of Python's or OneFlow's own. */
  raised: Instance | null = null;
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
  /** What the value must be, as far as that is known. */
  readonly kind: Want["kind"] | null;

  /** The choices, where the code lists them. */
  readonly choices: readonly string[] | undefined;

  constructor(
    key: Key,
    filling: Filling = {},
    wanted: string | null = null,
    kind: Want["kind"] | null = null,
    choices: readonly string[] | undefined = undefined,
  ) {
    super(key, filling);
    this.wanted = wanted;
    this.kind = kind;
    this.choices = choices;
  }

  override asking(kind: Want["kind"]): Trouble {
    if (this.wanted === null || this.kind !== null) {
      return this;
    }
    const asked = new Puzzle(this.key, this.filling, this.wanted, kind, this.choices);
    asked.span = this.span;
    return asked;
  }
}

/** More work than the engine does for one piece of code. */
export class TooMuch extends OwnTrouble {}

/** Something after which nothing that the code holds is known. */
export class Lost extends OwnTrouble {}

export function typeError(text: string): PythonError {
  return new PythonError("TypeError", text);
}

/** Note where in the code `error` arose, unless a narrower place is noted. */
export function locate<T>(error: T, span: Span): T {
  if (error instanceof Trouble && error.span === null) {
    error.span = span;
  }
  return error;
}

/** Python's exceptions, each with the one that it is a kind of. */
export const EXCEPTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BaseException: "",
    Exception: "BaseException",
    ArithmeticError: "Exception",
    AssertionError: "Exception",
    AttributeError: "Exception",
    ConnectionError: "OSError",
    DeprecationWarning: "Warning",
    EOFError: "Exception",
    FileExistsError: "OSError",
    FileNotFoundError: "OSError",
    FrozenInstanceError: "AttributeError",
    ImportError: "Exception",
    IndexError: "LookupError",
    KeyError: "LookupError",
    KeyboardInterrupt: "BaseException",
    LookupError: "Exception",
    ModuleNotFoundError: "ImportError",
    NameError: "Exception",
    NotImplementedError: "RuntimeError",
    OSError: "Exception",
    OverflowError: "ArithmeticError",
    PermissionError: "OSError",
    RecursionError: "RuntimeError",
    RuntimeError: "Exception",
    RuntimeWarning: "Warning",
    StopIteration: "Exception",
    SystemExit: "BaseException",
    TimeoutError: "OSError",
    TypeError: "Exception",
    UFuncTypeError: "TypeError",
    UnboundLocalError: "NameError",
    UnicodeError: "ValueError",
    UserWarning: "Warning",
    ValueError: "Exception",
    Warning: "Exception",
    ZeroDivisionError: "ArithmeticError",
  }),
);

/** Tell whether an exception called `name` is one of those called `wanted`. */
export function isKind(name: string, wanted: string): boolean {
  const above = EXCEPTIONS.get(name);
  return name === wanted || (above !== undefined && isKind(above, wanted));
}

/** Return an exception as a trouble of the code; a RangeError comes from the limits of JavaScript's stack and bigints. */
export function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) {
    return error;
  }
  if (error instanceof RangeError) {
    return new TooMuch("tooLarge");
  }
  throw error;
}
