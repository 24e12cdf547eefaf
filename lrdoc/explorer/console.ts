/** `window.lrdoc.trace`, for tests and for people at the console. */

import { type Options, trace } from "./engine/index.ts";

interface Answer {
  curves: { label: string; lr: number[] }[];
  errors: { message: string; from: number; to: number }[];
}

declare global {
  interface Window {
    lrdoc: { trace(code: string, options?: Options): Answer };
  }
}

/** Put `trace` on the window. */
export function install(): void {
  window.lrdoc = { trace: answer };
}

function answer(code: string, options?: Options): Answer {
  const { curves, errors } = trace(code, options);
  return {
    curves: curves.map(({ label, lr }) => ({ label, lr: Array.from(lr) })),
    errors: errors.map(({ message, from, to }) => ({ message, from, to })),
  };
}
