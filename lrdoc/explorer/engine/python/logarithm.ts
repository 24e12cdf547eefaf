/**
 * The natural logarithm, rounded as the C library's is.
 *
 * OneFlow finds the period of CosineAnnealingWarmRestarts by the floor of a quotient of two logarithms, which at a restart is an integer but for rounding.
 * A browser's own `Math.log` rounds some of them otherwise, and the curve would restart a step later or earlier.
 * The C library's logarithms are the exact ones rounded once, in all but a few cases, so they are computed here with twice the digits of a float.
 */

/** An unrounded number: a float, and a second one for the digits that the first does not hold. */
type Pair = readonly [number, number];

const LN2: Pair = [Math.LN2, 2.3190468138462996e-17];
const SPLIT = 2 ** 27 + 1;
/** Enough for |s| < 0.18, which the fractions below keep to. */
const TERMS = 22;
/** 1 / 1, 1 / 3, 1 / 5, ... */
const ODD: readonly Pair[] = Array.from({ length: TERMS }, (_, at) => divide([1, 0], [2 * at + 1, 0]));

/** Return the logarithm of a positive finite float. */
export function log(value: number): number {
  const [fraction, exponent] = parts(value);
  // log f = 2 artanh s with s = (f - 1) / (f + 1), and artanh s = s (1 + s² / 3 + s⁴ / 5 + ...)
  const s = divide(add([fraction, 0], [-1, 0]), add([fraction, 0], [1, 0]));
  const square = multiply(s, s);
  let series: Pair = [0, 0];
  for (let term = TERMS - 1; term >= 0; term -= 1) {
    series = add(multiply(series, square), ODD[term] ?? series);
  }
  const [high, low] = add(multiply(LN2, [exponent, 0]), multiply(multiply(s, series), [2, 0]));
  return high + low;
}

/** Return a value as a fraction between √½ and √2, and a power of two. */
function parts(value: number): Pair {
  const lift = value < 2 ** -1000 ? 100 : 0;
  const scaled = value * 2 ** lift;
  const exponent = Math.min(Math.round(Math.log2(scaled)), 1023);
  return [scaled / 2 ** exponent, exponent - lift];
}

function add(a: Pair, b: Pair): Pair {
  const high = a[0] + b[0];
  const part = high - a[0];
  const low = a[0] - (high - part) + (b[0] - part) + a[1] + b[1];
  const sum = high + low;
  return [sum, low - (sum - high)];
}

function multiply(a: Pair, b: Pair): Pair {
  const high = a[0] * b[0];
  const scaledA = SPLIT * a[0];
  const scaledB = SPLIT * b[0];
  const a1 = scaledA - (scaledA - a[0]);
  const b1 = scaledB - (scaledB - b[0]);
  const a2 = a[0] - a1;
  const b2 = b[0] - b1;
  const low = a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2 + a[0] * b[1] + a[1] * b[0];
  const product = high + low;
  return [product, low - (product - high)];
}

function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const [rest] = add(a, multiply([-first, 0], b));
  const second = rest / b[0];
  const [last] = add(add(a, multiply([-first, 0], b)), multiply([-second, 0], b));
  return add([first, second], [last / b[0], 0]);
}
