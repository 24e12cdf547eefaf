/** The state as the part of the address after `#`, and back. An address may come from a stranger, so every part is checked. */

import type { Given } from "../engine/index.ts";
import { addressOfPage } from "./notes.ts";
import { readGiven, readNumbers } from "./numbers.ts";
import { LIMITS, type Metric, type Pin, type State } from "./state.ts";

const PREFIX = "#explore?";
/** A name as it is asked for: `n`, `args.lr`, `cfg["train"].epochs`, `len(train_loader)`. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.()[\]"']{0,99}$/u;

/** The state that a link gives; `refused` holds the keys of the texts that say which parts are invalid. */
export interface Link {
  state: State;
  refused: string[];
  /** Whether the link tells the number of steps. */
  hasSteps: boolean;
}

/** Tell whether an address carries a state. */
export function isLink(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** Return the state as what follows in an address; empty where it does not differ from `initial`. */
export function toHash(state: State, initial: State): string {
  const words = new URLSearchParams();
  if (state.code !== initial.code) {
    words.set("code", state.code);
  }
  if (state.lr !== initial.lr) {
    words.set("lr", String(state.lr));
  }
  if (state.steps !== initial.steps || state.code !== initial.code) {
    words.set("steps", String(state.steps));
  }
  if (state.log !== initial.log) {
    words.set("log", "1");
  }
  if (state.metric !== initial.metric) {
    words.set("metric", metricText(state.metric));
  }
  writeNames(words, "name.", state.names, initial.names);
  for (const [index, pin] of state.pins.entries()) {
    const key = keyOf(index);
    words.set(key, pin.code);
    words.set(`${key}.lr`, String(pin.lr));
    words.set(`${key}.metric`, metricText(pin.metric));
    writeNames(words, `${key}.name.`, pin.names, {});
  }
  const written = words.toString();
  return written === "" ? "" : PREFIX + written;
}

/** Return where the playground has a state. */
export function elsewhere(state: State): string {
  const asked = { ...state, steps: Math.min(state.steps, LIMITS.steps) };
  return addressOfPage("playground", toHash(asked, { ...asked, code: "", lr: Number.NaN, steps: 0, names: {} }));
}

/** Return the key of a pinned curve: `pin`, `pin2`, ... */
function keyOf(index: number): string {
  return index === 0 ? "pin" : `pin${index + 1}`;
}

function writeNames(words: URLSearchParams, prefix: string, names: State["names"], known: State["names"]): void {
  for (const [name, value] of Object.entries(names)) {
    if (value !== known[name]) {
      words.set(prefix + name, JSON.stringify(value));
    }
  }
}

/** Read an address; what it does not say, or says wrongly, is as in `initial`. */
export function fromHash(hash: string, initial: State): Link {
  if (hash.length > LIMITS.link) {
    return { state: initial, refused: ["linkTooLong"], hasSteps: false };
  }
  const words = new URLSearchParams(hash.slice(PREFIX.length));
  const refused: string[] = [];
  const take = <T>(key: string, read: (word: string) => T | null, otherwise: T, problem: string): T => {
    const word = words.get(key);
    const value = word === null ? otherwise : read(word);
    if (value === null) {
      refused.push(problem);
    }
    return value ?? otherwise;
  };
  const lr = take("lr", readNumber, initial.lr, "linkLr");
  const metric = take("metric", readMetric, initial.metric, "linkMetric");
  const code = take("code", readCode, initial.code, "codeTooLong");
  const steps = take("steps", readSteps, initial.steps, "stepsRange");
  const names = readNames(words, "name.", initial.names);
  if (names === null) {
    refused.push("linkNames");
  }
  const state = { code, lr, steps, metric, names: names ?? initial.names, log: words.get("log") === "1", pins: [] };
  const hasSteps = words.has("steps") && !refused.includes("stepsRange");
  return { state: { ...state, pins: readPins(words, state) }, refused, hasSteps };
}

/** Return a number of steps that can be drawn, or `null`. */
export function readSteps(word: string): number | null {
  const value = Number(word);
  return word.trim() !== "" && Number.isInteger(value) && value >= 1 && value <= LIMITS.steps ? value : null;
}

function readNumber(word: string): number | null {
  const value = Number(word);
  return word.trim() !== "" && Number.isFinite(value) ? value : null;
}

function readCode(word: string): string | null {
  return word.length <= LIMITS.code ? word : null;
}

function metricText(metric: Metric): string {
  return "preset" in metric ? metric.preset : metric.values.join(",");
}

function readMetric(word: string): Metric | null {
  if (/^[a-z]{1,16}$/.test(word)) {
    return { preset: word };
  }
  const values = readNumbers(word);
  return values !== null && values.length > 0 && values.length <= LIMITS.metric ? { values } : null;
}

function readNames(words: URLSearchParams, prefix: string, initial: State["names"]): State["names"] | null {
  const names = Object.assign(Object.create(null), initial) as Record<string, Given>;
  let count = 0;
  for (const [key, word] of words) {
    if (!key.startsWith(prefix)) {
      continue;
    }
    const [name, value] = [key.slice(prefix.length), word.length > LIMITS.value ? null : readGiven(word)];
    count += 1;
    if (!NAME.test(name) || value === null || count > LIMITS.names) {
      return null;
    }
    names[name] = value;
  }
  return names;
}

function readPins(words: URLSearchParams, state: State): Pin[] {
  const pins = Array.from({ length: LIMITS.pins }, (_nothing, index) => readPin(words, keyOf(index), state));
  return pins.filter((pin) => pin !== null);
}

/** Read a pinned curve; what the address does not say of it is as for the other curve, but for names: they had no values then. */
function readPin(words: URLSearchParams, key: string, { lr, metric }: State): Pin | null {
  const code = readCode(words.get(key) ?? "");
  if (!code) {
    return null;
  }
  return {
    code,
    lr: readNumber(words.get(`${key}.lr`) ?? "") ?? lr,
    metric: readMetric(words.get(`${key}.metric`) ?? "") ?? metric,
    names: readNames(words, `${key}.name.`, {}) ?? {},
  };
}
