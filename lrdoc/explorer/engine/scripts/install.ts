/** All that whole scripts need and reference pages do not: the playground alone installs it. */

import { addModules } from "../library.ts";
import { methods } from "../python/attributes.ts";
import { addBuiltins } from "../python/builtins.ts";
import { slices } from "../python/compile.ts";
import { Puzzle, PythonError } from "../python/errors.ts";
import { builtin } from "../python/mathematics.ts";
import { meanings } from "../python/operators.ts";
import { Class, Instance, item, length, Range, Sequence, typeName, Unknown, type Value } from "../python/values.ts";
import { vars } from "./argparse.ts";
import { combined, dictMethod, sequenceMethod, slice } from "./containers.ts";
import { modules } from "./modules.ts";
import { arrayMethod, elementwise } from "./numpy.ts";
import { installFormats, percent, textMethod } from "./texts.ts";

/** Let the engine read whole scripts. */
export function install(): void {
  installFormats();
  methods.find = find;
  slices.slice = slice;
  slices.item = itemOf;
  meanings.splice(0, meanings.length, combined, elementwise, (sign, a, b) =>
    sign === "%" && typeof a === "string" ? percent(a, b) : undefined,
  );
  addBuiltins(new Map([["vars", builtin("vars", 1, 1, (object = null) => vars(object), { takes: "any" })]]));
  addModules(modules());
}

function find(object: Value, name: string): Value | undefined {
  if (typeof object === "string") {
    return textMethod(object, name);
  }
  if (object instanceof Sequence) {
    return object.kind === "array" ? arrayMethod(object, name) : sequenceMethod(object, name);
  }
  return object instanceof Map ? dictMethod(object, name) : undefined;
}

/** Return an item of a range, or of an object of a class that has items. */
function itemOf(container: Value, index: Value): Value {
  if (index instanceof Unknown) {
    return new Unknown(null, ...index.whys);
  }
  if (container instanceof Range && typeof index === "bigint") {
    const size = length(container);
    const at = index < 0n ? size + index : index;
    if (at < 0n || at >= size) {
      throw new PythonError("IndexError", "range object index out of range");
    }
    return container.start + at * container.step;
  }
  const method = container instanceof Instance ? container.cls.method("__getitem__") : undefined;
  if (method !== undefined) {
    return method.call([container, index], null);
  }
  if (container instanceof Class || container instanceof Instance || container instanceof Range) {
    throw new Puzzle("notUnderstood");
  }
  return item(container, typeName(container));
}
