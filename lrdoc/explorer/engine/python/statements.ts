/** Compile the tree of a statement to a function that carries it out. */

import { Compiler, type Evaluate } from "./compile.ts";
import { spend } from "./effort.ts";
import { Puzzle, PythonError } from "./errors.ts";
import type { Frame } from "./functions.ts";
import { augmented } from "./operators.ts";
import { isMethod, variables } from "./scope.ts";
import { type Definition, type Expression, type Statement, walk } from "./syntax.ts";
import { type Callable, Class, isCallable, iterate, repr, text, truth, type Value } from "./values.ts";

/** How a statement ends: it goes on to the next, leaves the loop, or leaves the function with `frame.result`. */
type End = "next" | "break" | "continue" | "return";
export type Exec = (frame: Frame) => End;

export class StatementCompiler {
  readonly #compiler: Compiler;
  /** The class whose method is compiled, and that method's name. */
  readonly #method: { readonly cls: Class; readonly name: string; readonly parameters: readonly string[] } | null;

  constructor(compiler: Compiler, method: StatementCompiler["blamed"] = null) {
    this.#compiler = compiler;
    this.#method = method;
  }

  get blamed(): { readonly cls: Class; readonly name: string; readonly parameters: readonly string[] } | null {
    return this.#method;
  }

  body(statements: readonly Statement[]): Exec {
    const runs = statements.map((one) => this.statement(one));
    return (frame) => {
      for (const run of runs) {
        const end = run(frame);
        if (end !== "next") {
          return end;
        }
      }
      return "next";
    };
  }

  statement(node: Statement): Exec {
    const run = this.#statement(node);
    const suspects = this.#suspects(node);
    if (suspects.length === 0) {
      return run;
    }
    return (frame) => {
      try {
        return run(frame);
      } catch (error) {
        if (error instanceof PythonError) {
          error.parameters ??= suspects;
        }
        throw error;
      }
    };
  }

  /** Return the parameters that a failure of the statement concerns: those that a check of a constructor reads, or that a line of `get_lr` computes with. */
  #suspects(node: Statement): string[] {
    const names = new Set<string>();
    const looked = this.#method === null ? [] : lookedAt(node, this.#method.name);
    for (const expression of looked) {
      walk(expression, (one) => {
        if (one.type === "name" && this.#method?.parameters.includes(one.name)) {
          names.add(one.name);
        }
        if (one.type === "attribute" && one.object.type === "name" && one.object.name === "self") {
          names.add(one.name);
        }
      });
    }
    return Array.from(names);
  }

  #statement(node: Statement): Exec {
    const compiler = this.#compiler;
    switch (node.type) {
      case "expression":
        return doing(compiler.expression(node.value));
      case "assign":
        return assign(
          compiler.expression(node.value),
          node.targets.map((one) => compiler.store(one)),
        );
      case "augment":
        return assign(this.#augmented(node.target, augmented(node.sign), node.value), [compiler.store(node.target)]);
      case "return":
        return returning(node.value === null ? null : compiler.expression(node.value));
      case "raise":
        return this.#raise(node.value);
      case "assert":
        return this.#assert(node.test, node.message);
      case "pass":
        return () => "next";
      case "break":
        return () => "break";
      case "continue":
        return () => "continue";
      default:
        return this.#compound(node);
    }
  }

  #compound(
    node: Extract<Statement, { type: "if" | "for" | "while" | "def" | "class" | "block" | "import" | "odd" }>,
  ): Exec {
    const compiler = this.#compiler;
    switch (node.type) {
      case "if":
        return branch(compiler.expression(node.test), this.body(node.then), this.body(node.otherwise));
      case "for":
        return loop(
          compiler.expression(node.iterable),
          compiler.store(node.target),
          this.body(node.body),
          this.#compiler.cost(node),
        );
      case "while":
        return repeat(compiler.expression(node.test), this.body(node.body), this.#compiler.cost(node));
      case "def":
        return assign(compiler.originating(node, this.#function(node, null)), [
          compiler.store({ ...node, type: "name" }),
        ]);
      case "class":
        return assign(this.#class(node), [
          compiler.store({ from: node.from, to: node.to, type: "name", name: node.name }),
        ]);
      case "block":
        return this.body(node.body);
      default:
        return () => {
          throw node.type === "odd" ? new Puzzle(node.key, node.filling) : new Puzzle("imports");
        };
    }
  }

  #augmented(target: Expression, combine: (a: Value, b: Value) => Value, value: Expression): Evaluate {
    const [left, right] = [this.#compiler.expression(target), this.#compiler.expression(value)];
    return (frame) => combine(left(frame), right(frame));
  }

  #raise(value: Expression | null): Exec {
    const kind = value?.type === "call" ? value.callee : value;
    const [shown] = value?.type === "call" ? value.given : [];
    const message = shown === undefined ? null : this.#compiler.expression(shown.value);
    const name = kind?.type === "name" ? kind.name : "Exception";
    return (frame) => {
      const said = message?.(frame) ?? null;
      // Python shows a KeyError's key as code.
      throw new PythonError(name, message === null ? "" : name === "KeyError" ? repr(said) : text(said));
    };
  }

  #assert(test: Expression, message: Expression | null): Exec {
    const holds = this.#compiler.expression(test);
    const shown = message === null ? null : this.#compiler.expression(message);
    return (frame) => {
      if (!truth(holds(frame))) {
        throw new PythonError("AssertionError", shown === null ? "" : text(shown(frame)));
      }
      return "next";
    };
  }

  /** Return what makes the function; `cls` is the class that it is a method of. */
  #function(node: Definition, cls: Class | null): Evaluate {
    const inner = this.#compiler.inside(variables(node.parameters, node.body));
    const parameters = node.parameters.map((one) => one.name);
    const method = cls === null ? null : { cls, name: node.name, parameters };
    const body = new StatementCompiler(new Compiler(methodSurroundings(inner, cls), inner.scope), method).body(
      node.body,
    );
    const run: Evaluate = (frame) => {
      body(frame);
      return frame.result;
    };
    const name = cls === null ? node.name : `${cls.name}.${node.name}`;
    return this.#compiler.functionOf(name, node.parameters, inner.scope, this.#compiler.cost(node), run);
  }

  #class(node: Extract<Statement, { type: "class" }>): Evaluate {
    const base = node.base === null ? null : this.#compiler.expression(node.base);
    return (frame) => {
      const above = base?.(frame) ?? null;
      const cls = new Class(node.name, this.#compiler.around.qualify(node.name), above instanceof Class ? above : null);
      for (const method of node.body.filter(isMethod)) {
        const made = this.#function(method, cls)(frame);
        if (isCallable(made)) {
          (method.property ? cls.properties : cls.methods).set(method.name, made);
        }
      }
      return cls;
    };
  }
}

/** In a method, `super().name(...)` is the method of the class above. */
function methodSurroundings(compiler: Compiler, cls: Class | null): Compiler["around"] {
  if (cls === null) {
    return compiler.around;
  }
  const { around } = compiler;
  return {
    globals: around.globals,
    qualify: (name) => around.qualify(name),
    located: around.located,
    missing: (name, at) => around.missing(name, at),
    item: (key, value, inner) => around.item(key, value, inner),
    special: (node, inner) => {
      const { callee } = node;
      if (callee.type !== "attribute" || !isSuper(callee.object)) {
        return around.special(node, inner);
      }
      const given = node.given.filter((one) => one.keyword === null).map((one) => inner.expression(one.value));
      const keywords = inner.keywords(node);
      return (frame) => {
        const self = frame.slots[0] ?? null;
        return above(cls, callee.name).call([self, ...given.map((run) => run(frame))], keywords?.(frame) ?? null);
      };
    },
  };
}

function isSuper(node: Expression): boolean {
  return node.type === "call" && node.callee.type === "name" && node.callee.name === "super";
}

function above(cls: Class, name: string): Callable {
  const method = cls.base?.method(name);
  if (method === undefined) {
    throw new PythonError("AttributeError", `'super' object has no attribute '${name}'`);
  }
  return method;
}

/** Return the expressions that decide whether a statement fails. */
function lookedAt(node: Statement, method: string): readonly Expression[] {
  if (method === "__init__") {
    if (node.type === "if" || node.type === "assert") {
      return [node.test];
    }
    return node.type === "for" ? [node.iterable] : [];
  }
  if (method !== "get_lr") {
    return [];
  }
  if (node.type === "assign" || node.type === "return") {
    return node.value === null ? [] : [node.value];
  }
  return node.type === "if" ? [node.test] : [];
}

function doing(run: Evaluate): Exec {
  return (frame) => {
    run(frame);
    return "next";
  };
}

function assign(value: Evaluate, stores: readonly ((frame: Frame, value: Value) => void)[]): Exec {
  return (frame) => {
    const result = value(frame);
    for (const store of stores) {
      store(frame, result);
    }
    return "next";
  };
}

function returning(value: Evaluate | null): Exec {
  return (frame) => {
    frame.result = value?.(frame) ?? null;
    return "return";
  };
}

function branch(test: Evaluate, yes: Exec, no: Exec): Exec {
  return (frame) => (truth(test(frame)) ? yes(frame) : no(frame));
}

function loop(iterable: Evaluate, store: (frame: Frame, value: Value) => void, body: Exec, each: number): Exec {
  return (frame) => {
    for (const value of iterate(iterable(frame))) {
      spend(each);
      store(frame, value);
      const end = body(frame);
      if (end === "return") {
        return end;
      }
      if (end === "break") {
        break;
      }
    }
    return "next";
  };
}

function repeat(test: Evaluate, body: Exec, each: number): Exec {
  return (frame) => {
    while (truth(test(frame))) {
      spend(each);
      const end = body(frame);
      if (end === "return") {
        return end;
      }
      if (end === "break") {
        break;
      }
    }
    return "next";
  };
}
