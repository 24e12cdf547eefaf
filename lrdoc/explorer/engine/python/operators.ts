/** Python's operators: on ints exact, on floats as IEEE 754 has it, and with Python's exceptions. */

import * as complex from "./complex.ts";
import { spend } from "./effort.ts";
import { Puzzle, PythonError, TooMuch, typeError } from "./errors.ts";
import { numpy, spoil } from "./spoil.ts";
import {
  Bound,
  byOwn,
  Class,
  Complex,
  type Dict,
  groups,
  Instance,
  isDict,
  isOwn,
  iterate,
  keyOf,
  natures,
  Range,
  refuseArray,
  Sequence,
  truth,
  typeName,
  Unknown,
  unknownOf,
  unsaid,
  type Value,
} from "./values.ts";

export type Operator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "&" | "|" | "^" | "<<" | ">>";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

type Ints = (a: bigint, b: bigint) => Value;
type Floats = (a: number, b: number) => Value;

/** Integers of more bits are refused: no learning rate needs them, and each operation on them takes long. */
const MOST_BITS = 100_000;

export function add(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a + b : arithmetic("+", a, b);
}

export function subtract(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a - b : arithmetic("-", a, b);
}

export function multiply(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a * b : arithmetic("*", a, b);
}

/** Return the function of a binary operator. */
export function operator(sign: Operator): (a: Value, b: Value) => Value {
  switch (sign) {
    case "+":
      return add;
    case "-":
      return subtract;
    case "*":
      return multiply;
    default:
      return (a, b) => arithmetic(sign, a, b);
  }
}

function arithmetic(sign: Operator, left: Value, right: Value): Value {
  const a = typeof left === "boolean" ? BigInt(left) : left;
  const b = typeof right === "boolean" ? BigInt(right) : right;
  if (typeof a === "bigint" && typeof b === "bigint") {
    const result = INTS[sign](a, b);
    return typeof left === "boolean" && typeof right === "boolean" && "&|^".includes(sign) ? result === 1n : result;
  }
  const floats = FLOATS[sign];
  if (
    floats !== undefined &&
    (typeof a === "number" || typeof a === "bigint") &&
    (typeof b === "number" || typeof b === "bigint")
  ) {
    return floats(toFloat(a), toFloat(b));
  }
  return (
    overloaded(sign, left, right) ??
    unknownOf([left, right]) ??
    complexArithmetic(sign, a, b) ??
    sequenceArithmetic(sign, left, right) ??
    special(sign, left, right) ??
    refuse(sign, left, right)
  );
}

function complexArithmetic(sign: Operator, a: Value, b: Value): Value | undefined {
  if (!(a instanceof Complex || b instanceof Complex)) {
    return undefined;
  }
  const left = asComplex(a);
  const right = asComplex(b);
  return left === null || right === null ? undefined : complex.arithmetic(sign, left, right);
}

function asComplex(value: Value): Complex | null {
  if (typeof value === "number" || typeof value === "bigint") {
    return new Complex(toFloat(value), 0);
  }
  return value instanceof Complex ? value : null;
}

/** Return an int or a float as a float; raise Python's OverflowError where an int is too large. */
export function toFloat(value: number | bigint): number {
  if (typeof value === "number") {
    return value;
  }
  const float = Number(value);
  if (!Number.isFinite(float)) {
    throw new PythonError("OverflowError", "int too large to convert to float");
  }
  return float;
}

const INTS: Readonly<Record<Operator, Ints>> = {
  "+": (a, b) => bounded(a + b),
  "-": (a, b) => bounded(a - b),
  "*": (a, b) => bounded(a * b),
  "/": divideInts,
  "//": (a, b) => quotient(a, b, "integer division or modulo by zero"),
  "%": (a, b) => a - quotient(a, b, "integer division or modulo by zero") * b,
  "**": powerOfInts,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "<<": (a, b) => INTS["*"](a, INTS["**"](2n, shift(b)) as bigint),
  ">>": (a, b) => INTS["//"](a, INTS["**"](2n, shift(b)) as bigint),
};

function shift(count: bigint): bigint {
  if (count < 0n) {
    throw new PythonError("ValueError", "negative shift count");
  }
  return count;
}

const FLOATS: Readonly<Partial<Record<Operator, Floats>>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / nonzero(b, "float division by zero"),
  "//": (a, b) => floorDivide(a, nonzero(b, "float floor division by zero")),
  "%": (a, b) => modulo(a, nonzero(b, "float modulo")),
  "**": powerOfFloats,
};

function nonzero(divisor: number, text: string): number {
  if (divisor === 0) {
    refuseNumber("ZeroDivisionError", text);
  }
  return divisor;
}

/** Throw Python's exception; where the numbers may be NumPy's, which go on with infinity or NaN, it is not known whether the program does. */
function refuseNumber(kind: string, text: string, isNumPy = numpy.floats): never {
  if (!isNumPy) {
    throw new PythonError(kind, text);
  }
  const trouble = new Puzzle("notUnderstood");
  trouble.isEnd = true;
  throw trouble;
}

const SMALL = 2n ** 1000n;

function bounded(value: bigint): bigint {
  if (value > SMALL || value < -SMALL) {
    limitBits(bits(value));
  }
  return value;
}

function limitBits(count: number): void {
  if (count > MOST_BITS) {
    throw new TooMuch("manyBits", { most: MOST_BITS });
  }
  spend(1 + (count / 2000) ** 2);
}

export function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function quotient(a: bigint, b: bigint, text: string): bigint {
  if (b === 0n) {
    refuseNumber("ZeroDivisionError", text, numpy.integers);
  }
  const truncated = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? truncated - 1n : truncated;
}

const EXACT = 2n ** 53n;

function divideInts(a: bigint, b: bigint): number {
  if (b === 0n) {
    refuseNumber("ZeroDivisionError", "division by zero", numpy.integers);
  }
  const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const magnitude = x <= EXACT && y <= EXACT ? Number(x) / Number(y) : divideLarge(x, y);
  return a < 0n !== b < 0n ? -magnitude : magnitude;
}

/** Divide with more bits than a float holds, the last of which stands for the remainder, so that the result is rounded once. */
function divideLarge(x: bigint, y: bigint): number {
  const shift = 70 - (bits(x) - bits(y));
  const scaled = shift >= 0 ? x << BigInt(shift) : x;
  const divisor = shift >= 0 ? y : y << BigInt(-shift);
  const digits = (scaled / divisor) | (scaled % divisor === 0n ? 0n : 1n);
  const half = Math.trunc(-shift / 2);
  const result = Number(digits) * 2 ** half * 2 ** (-shift - half);
  if (!Number.isFinite(result)) {
    throw new PythonError("OverflowError", "integer division result too large for a float");
  }
  return result;
}

function powerOfInts(a: bigint, b: bigint): Value {
  if (b < 0n) {
    return powerOfFloats(toFloat(a), toFloat(b));
  }
  if (a !== 0n && a !== 1n && a !== -1n) {
    limitBits(b > BigInt(MOST_BITS) ? Number.POSITIVE_INFINITY : bits(a) * Number(b));
  }
  return a === -1n ? (b % 2n === 0n ? 1n : -1n) : a ** (a === 0n || a === 1n ? (b === 0n ? 0n : 1n) : b);
}

function powerOfFloats(a: number, b: number): Value {
  if (b === 0 || a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b))) {
    return 1;
  }
  if (a === 0 && b < 0 && Number.isFinite(b)) {
    refuseNumber("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    return complex.power(new Complex(a, 0), new Complex(b, 0));
  }
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    refuseNumber("OverflowError", "(34, 'Numerical result out of range')");
  }
  return result;
}

function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) {
    return b < 0 ? -0 : 0;
  }
  return rest < 0 !== b < 0 ? rest + b : rest;
}

export function floorDivide(a: number, b: number): number {
  const rest = a % b;
  const whole = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0);
  if (whole === 0) {
    return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  }
  const floor = Math.floor(whole);
  return whole - floor > 0.5 ? floor + 1 : floor;
}

function sequenceArithmetic(sign: Operator, a: Value, b: Value): Value | undefined {
  if (sign === "*" && !isArray(a) && !isArray(b)) {
    return isSequence(a) ? repeated(a, b) : isSequence(b) ? repeated(b, a) : undefined;
  }
  if (sign === "+" && isSequence(a) && !isArray(b)) {
    return joined(a, b);
  }
  return undefined;
}

function isSequence(value: Value): value is Sequence | string {
  return typeof value === "string" || (value instanceof Sequence && (value.kind === "list" || value.kind === "tuple"));
}

function repeated(sequence: Sequence | string, count: Value): Value {
  if (typeof count !== "bigint" && typeof count !== "boolean") {
    throw typeError(`can't multiply sequence by non-int of type '${typeName(count)}'`);
  }
  const times = Math.max(0, Number(count));
  const size = times * (typeof sequence === "string" ? sequence.length : sequence.items.length);
  spend(size);
  if (typeof sequence === "string") {
    return sequence.repeat(times);
  }
  return new Sequence(Array.from({ length: times }, () => sequence.items).flat(), sequence.kind);
}

function joined(a: Sequence | string, b: Value): Value {
  if (typeof a === "string") {
    if (typeof b === "string") {
      spend(a.length + b.length);
      return a + b;
    }
    throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  }
  if (b instanceof Sequence && b.kind === a.kind) {
    spend(a.items.length + b.items.length);
    return new Sequence([...a.items, ...b.items], a.kind);
  }
  throw typeError(`can only concatenate ${a.kind} (not "${typeName(b)}") to ${a.kind}`);
}

/** Return the function of an augmented assignment such as `+=`: it extends a list, and its name stands in messages. */
export function augmented(sign: Operator): (a: Value, b: Value) => Value {
  const combine = operator(sign);
  return (a, b) => {
    const own = byOwn(a, `__i${METHODS[sign]}__`, b);
    if (own !== undefined) {
      return own;
    }
    if (sign === "+" && a instanceof Sequence && a.kind === "list" && !isArray(b)) {
      return extended(a, b);
    }
    try {
      return inPlace(a, combine(a, b));
    } catch (error) {
      throw error instanceof PythonError ? renamed(error, sign) : error;
    }
  };
}

function extended(list: Sequence, more: Value): Sequence {
  for (const one of list === more ? [...list.items] : iterate(more)) {
    spend(1);
    list.items.push(one);
  }
  return list;
}

function isWhole({ items, kind }: Sequence): boolean {
  return kind === "array" && items.every((one) => typeof one === "bigint");
}

function isArray(value: Value): boolean {
  return value instanceof Sequence && value.kind === "array";
}

/** Put a result in the place of a list, a set, an array or a dict, which other names may hold too. */
function inPlace(a: Value, result: Value): Value {
  if (a instanceof Map && result instanceof Map) {
    const items = Array.from(result);
    a.clear();
    for (const [key, value] of items) {
      a.set(key, value);
    }
    return a;
  }
  if (a instanceof Sequence && a.kind !== "tuple" && result instanceof Sequence && result.kind === a.kind) {
    if (isWhole(a) && !isWhole(result)) {
      throw new PythonError("UFuncTypeError", "Cannot cast ufunc output from dtype('float64') to dtype('int64')");
    }
    a.items.splice(0, a.items.length, ...result.items);
    return a;
  }
  return result;
}

function renamed(error: PythonError, sign: Operator): PythonError {
  const text = error.text.replace(/^(unsupported operand type\(s\) for )(\*\* or pow\(\)|\S+):/, `$1${sign}=:`);
  return new PythonError(error.kind, text);
}

/** Further meanings that operators have for the values of a page that reads whole scripts. */
export const meanings: ((sign: Operator, a: Value, b: Value) => Value | undefined)[] = [];

function special(sign: Operator, a: Value, b: Value): Value | undefined {
  for (const meaning of meanings) {
    const found = meaning(sign, a, b);
    if (found !== undefined) {
      return found;
    }
  }
  if (typeof a === "string" && sign === "%") {
    throw new Puzzle("format");
  }
  if (isSet(a) || isSet(b) || (isDict(a) && !groups.has(b as object)) || isOwn(a) || isOwn(b)) {
    throw new Puzzle("operator", { sign });
  }
  return undefined;
}

/** What the methods are called by which a class of the code says what operators do. */
export const METHODS: Readonly<Record<Operator, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};

/** Return what the classes of the operands say; undefined where they say nothing. */
function overloaded(sign: Operator, a: Value, b: Value): Value | undefined {
  const reflected = `__r${METHODS[sign]}__`;
  if (a instanceof Unknown && b instanceof Instance && b.cls.method(reflected) !== undefined) {
    spoil(b, new Unknown(null, new Puzzle("changed")), () => false); // the unknown one decides whether the method runs
  }
  if (!(b instanceof Instance) || a instanceof Unknown || (sign === "%" && typeof a === "string")) {
    return byOwn(a, `__${METHODS[sign]}__`, b);
  }
  const above = a instanceof Instance ? a.cls : null;
  const isSame = above === b.cls;
  const isFirst = above !== null && !isSame && b.cls.isA(above) && b.cls.method(reflected) !== above.method(reflected);
  return (
    (isFirst ? byOwn(b, reflected, a) : undefined) ??
    byOwn(a, `__${METHODS[sign]}__`, b) ??
    (isSame || isFirst ? undefined : byOwn(b, reflected, a))
  );
}

/** What the methods are called by which a class of the code says how its objects compare, and by which the other operand says the same. */
export const COMPARED: Readonly<Record<Comparison, readonly [string, string]>> = {
  "<": ["__lt__", "__gt__"],
  "<=": ["__le__", "__ge__"],
  ">": ["__gt__", "__lt__"],
  ">=": ["__ge__", "__le__"],
  "==": ["__eq__", "__eq__"],
  "!=": ["__ne__", "__ne__"],
};

/** Return what the classes of two values say of how they compare; undefined where they say nothing. */
function ownComparison(sign: Comparison, a: Value, b: Value): boolean | undefined {
  if (!(a instanceof Instance || b instanceof Instance)) {
    return undefined;
  }
  const [straight, reflected] = COMPARED[sign];
  const tries: (readonly [Value, string, Value])[] = [
    [a, straight, b],
    [b, reflected, a],
  ];
  if (a instanceof Instance && b instanceof Instance && a.cls !== b.cls && b.cls.isA(a.cls)) {
    tries.reverse();
  }
  for (const [self, name, other] of tries) {
    if (self instanceof Unknown) {
      self.demand();
    }
    const found = byOwn(self, name, other) ?? (sign === "!=" ? unequal(self, other) : undefined);
    if (found !== undefined) {
      return typeof found === "boolean" ? found : unsaid(found);
    }
  }
  return undefined;
}

/** Return what a class says that has no `__ne__`: the contrary of its `__eq__`. */
function unequal(self: Value, other: Value): boolean | undefined {
  const isAsked = self instanceof Instance && self.cls.method("__ne__") === undefined;
  const found = isAsked ? byOwn(self, "__eq__", other) : undefined;
  return found === undefined ? undefined : !truth(found);
}

function isSet(value: Value): boolean {
  return value instanceof Sequence && value.kind === "set";
}

function refuse(sign: Operator, a: Value, b: Value): never {
  const name = sign === "**" ? "** or pow()" : sign;
  throw typeError(`unsupported operand type(s) for ${name}: '${typeName(a)}' and '${typeName(b)}'`);
}

export function negate(value: Value): Value {
  const own = byOwn(value, "__neg__");
  if (own !== undefined) {
    return own;
  }
  if (value instanceof Unknown) {
    return unknownOf([value]) ?? value;
  }
  if (typeof value === "number") {
    return -value;
  }
  if (typeof value === "bigint") {
    return -value;
  }
  if (typeof value === "boolean") {
    return value ? -1n : 0n;
  }
  if (value instanceof Complex) {
    return new Complex(-value.re, -value.im);
  }
  throw typeError(`bad operand type for unary -: '${typeName(value)}'`);
}

export function invert(value: Value): Value {
  const own = byOwn(value, "__invert__");
  if (own !== undefined) {
    return own;
  }
  if (typeof value === "bigint" || typeof value === "boolean") {
    return -BigInt(value) - 1n;
  }
  if (value instanceof Unknown) {
    return unknownOf([value]) ?? value;
  }
  throw typeError(`bad operand type for unary ~: '${typeName(value)}'`);
}

export function plus(value: Value): Value {
  const own = byOwn(value, "__pos__");
  if (own !== undefined) {
    return own;
  }
  if (value instanceof Unknown) {
    return unknownOf([value]) ?? value;
  }
  if (typeof value === "boolean") {
    return BigInt(value);
  }
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Complex) {
    return value;
  }
  throw typeError(`bad operand type for unary +: '${typeName(value)}'`);
}

export function compare(sign: Comparison, a: Value, b: Value): boolean {
  const own = ownComparison(sign, a, b);
  if (own !== undefined) {
    return own;
  }
  if (sign === "==" || sign === "!=") {
    return equal(a, b) === (sign === "==");
  }
  const order = ordered(a) && ordered(b) ? numbers(sign, a, b) : sequences(sign, a, b);
  if (order === undefined) {
    settle(a, b);
    if ((isSet(a) && isSet(b)) || isOwn(a) || isOwn(b)) {
      throw new Puzzle("operator", { sign });
    }
    throw typeError(`'${sign}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
  }
  return order;
}

type Ordered = number | bigint | boolean;

function ordered(value: Value): value is Ordered {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

/** JavaScript compares ints and floats exactly, as Python does. */
function numbers(sign: Comparison, a: Ordered | string, b: Ordered | string): boolean {
  switch (sign) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function sequences(sign: Comparison, a: Value, b: Value): boolean | undefined {
  if (typeof a === "string" && typeof b === "string") {
    return numbers(sign, a, b);
  }
  if (!(a instanceof Sequence && b instanceof Sequence && a.kind === b.kind && refuseArray(a).kind !== "set")) {
    return undefined;
  }
  spend(a.items.length);
  const at = a.items.findIndex((one, index) => index >= b.items.length || !same(one, b.items[index] ?? null));
  const [x, y] = [a.items[at], b.items[at]];
  return x === undefined || y === undefined ? numbers(sign, a.items.length, b.items.length) : compare(sign, x, y);
}

/** Throw where one of two values that are compared is unknown, or an array, which is compared item by item. */
function settle(a: Value, b: Value): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one instanceof Sequence) {
      refuseArray(one);
    }
    if (one instanceof Unknown) {
      one.demand(typeof other === "string" ? "text" : typeof other === "boolean" ? "flag" : "number");
    }
  }
}

export function equal(a: Value, b: Value): boolean {
  const own = ownComparison("==", a, b);
  if (own !== undefined) {
    return own;
  }
  settle(a, b);
  if (ordered(a) && ordered(b)) {
    return a <= b && a >= b;
  }
  return isDict(a) && isDict(b) ? sameDicts(a, b) : sameOthers(a, b);
}

function sameDicts(a: Dict, b: Dict): boolean {
  spend(a.size);
  if (natures.has(a) && natures.has(b) && [...a.values(), ...b.values()].includes(0n)) {
    throw new Puzzle("notUnderstood"); // Counters take what they lack for 0
  }
  const isSame = ([key, one]: readonly [Value, Value]): boolean => {
    const other = b.get(keyOf(b, key));
    return other !== undefined && same(other, one);
  };
  return a.size === b.size && Array.from(a).every(isSame);
}

function sameOthers(a: Value, b: Value): boolean {
  if (a instanceof Range && b instanceof Range) {
    return equal(new Sequence(Array.from(iterate(a))), new Sequence(Array.from(iterate(b))));
  }
  if (a instanceof Sequence && b instanceof Sequence) {
    refuseArray(b);
    const isSame = (one: Value, at: number): boolean =>
      refuseArray(a).kind === "set" ? contains(b, one) : same(one, b.items[at] ?? null);
    spend(a.items.length * 4);
    return a.kind === b.kind && a.items.length === b.items.length && a.items.every(isSame);
  }
  if (a instanceof Complex || b instanceof Complex) {
    const [x, y] = [asComplex(a), asComplex(b)];
    return x !== null && y !== null && x.re === y.re && x.im === y.im;
  }
  return a === b || (a instanceof Bound && b instanceof Bound && a.self === b.self && a.method === b.method);
}

/** Tell whether `container` holds `value`, as the operator `in` does. */
export function contains(container: Value, value: Value): boolean {
  if (container instanceof Unknown) {
    container.demand("list");
  }
  const own = byOwn(container, "__contains__", value);
  if (own !== undefined) {
    return own instanceof Unknown ? unsaid(own) : truth(own);
  }
  settle(value, container instanceof Sequence ? (container.items[0] ?? null) : "");
  if (container instanceof Map) {
    return container.has(keyOf(container, value));
  }
  if (typeof container === "string") {
    if (typeof value === "string") {
      return container.includes(value);
    }
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(value)}`);
  }
  if (container instanceof Class && !(value instanceof Instance)) {
    throw new Puzzle("notUnderstood"); // releases of Python differ in what an Enum says
  }
  return holds(iterate(searchable(container, value)), value);
}

/** Return a container that is searched value by value; raise Python's TypeError where that can't be. */
function searchable(container: Value, value: Value): Value {
  if (container instanceof Sequence) {
    if (container.kind === "set" && isUnhashable(value)) {
      throw typeError(`unhashable type: '${typeName(value)}'`);
    }
  } else if (typeof container !== "object" || (container instanceof Instance && !isOwn(container, ...ITERATED))) {
    throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  }
  return container;
}

/** The methods by which a class of the code says what its objects hold. */
const ITERATED = ["__iter__", "__getitem__"];

/** Tell whether two values are one, or equal, as containers do; of two NaN it is not known whether they are one. */
export function same(a: Value, b: Value): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) {
    throw new Puzzle("notUnderstood");
  }
  return a === b || equal(a, b);
}

function holds(values: Iterable<Value>, value: Value): boolean {
  for (const one of values) {
    spend(1);
    if (same(one, value)) {
      return true;
    }
  }
  return false;
}

function isUnhashable(value: Value): boolean {
  return value instanceof Map || (value instanceof Sequence && value.kind !== "tuple");
}
