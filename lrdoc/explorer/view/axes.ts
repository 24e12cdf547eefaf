/** Where the marks of an axis stand. */

/** The powers of ten that a float can have; the smallest are subnormal. */
const [LEAST_POWER, LARGEST_POWER] = [-323, 308];
/** At most so many powers of ten are marked. */
const MOST_POWERS = 8;
/** Up to so many powers of ten, the numbers between them are marked as well. */
const FEW_POWERS = 3;

/** A mark on a logarithmic axis; one without a label is a line alone. */
export interface LogMark {
  readonly value: number;
  readonly labelled: boolean;
}

/** Return the exponents of the powers of ten around these limits, the second larger than the first. */
export function logLimits(least: number, largest: number): [number, number] {
  if (!(least > 0 && least <= largest && largest < Number.POSITIVE_INFINITY)) {
    return [-3, 0];
  }
  const low = Math.min(Math.max(Math.floor(Math.log10(least)), LEAST_POWER), LARGEST_POWER - 1);
  return [low, Math.min(Math.max(Math.ceil(Math.log10(largest)), low + 1), LARGEST_POWER)];
}

/** Return ten to the power of an integer, as the literal has it: `10 ** -24` is another number. */
export function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** Return the marks between two powers of ten, given by their exponents. */
export function logMarks(low: number, high: number): LogMark[] {
  const powers = high - low;
  const every = Math.ceil(powers / MOST_POWERS);
  const between = powers <= FEW_POWERS ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1];
  const named = powers === 1 ? [1, 2, 5] : [1];
  const marks: LogMark[] = [];
  for (let power = low; power < high; power += every) {
    marks.push(...between.map((digit) => ({ value: Number(`${digit}e${power}`), labelled: named.includes(digit) })));
  }
  return powers % every === 0 ? [...marks, { value: powerOfTen(high), labelled: true }] : marks;
}

/** Return about six round numbers within two limits. */
export function roundMarks(low: number, high: number): number[] {
  const raw = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(raw));
  const distance = power * ([1, 2, 5, 10].find((digit) => digit * power >= raw) as number);
  const marks = [];
  for (let index = Math.ceil(low / distance); index * distance <= high; index += 1) {
    marks.push(index * distance);
  }
  return marks;
}
