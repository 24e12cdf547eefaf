/** Arithmetic of complex numbers; a negative float to the power of a fraction is one. */

import { PythonError } from "./errors.ts";
import { Complex, type Value } from "./values.ts";

/** Return `a` and `b` combined by a binary operator; `undefined` for one that complex numbers do not have. */
export function arithmetic(sign: string, a: Complex, b: Complex): Value | undefined {
  switch (sign) {
    case "+":
      return new Complex(a.re + b.re, a.im + b.im);
    case "-":
      return new Complex(a.re - b.re, a.im - b.im);
    case "*":
      return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
    case "/":
      return divide(a, b);
    case "**":
      return power(a, b);
    default:
      return undefined;
  }
}

function divide(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) {
    throw new PythonError("ZeroDivisionError", "complex division by zero");
  }
  // Scaled by the larger part, so that squares do not overflow.
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const scale = b.re + b.im * ratio;
    return new Complex((a.re + a.im * ratio) / scale, (a.im - a.re * ratio) / scale);
  }
  const ratio = b.re / b.im;
  const scale = b.re * ratio + b.im;
  return new Complex((a.re * ratio + a.im) / scale, (a.im * ratio - a.re) / scale);
}

export function power(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) {
    return new Complex(1, 0);
  }
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) {
      throw new PythonError("ZeroDivisionError", "0.0 to a negative or complex power");
    }
    return new Complex(0, 0);
  }
  const size = Math.hypot(a.re, a.im);
  const angle = Math.atan2(a.im, a.re);
  const length = size ** b.re * Math.exp(-angle * b.im);
  const phase = angle * b.re + b.im * Math.log(size);
  return new Complex(length * Math.cos(phase), length * Math.sin(phase));
}
