import * as fc from 'fast-check';

/** Names that reach a prototype where they are used as keys, and others that nobody expects. */
const names = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', '', 'room', 'x'.repeat(300));

const numbers = fc.constantFrom(-1, 0, 1, 2, 0.5, 1e-300, 1e308, -1e308, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER);

/** Nested more deeply than functions that call themselves can follow. */
const deep = fc
  .constantFrom(1_000, 20_000)
  .map((levels): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)));

const poisoned = fc
  .array(fc.tuple(names, fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 })
  .map((entries): unknown => Object.fromEntries(entries)); // with own keys, whatever their names

/** Whatever JSON can say, what hurts most often. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: poisoned },
  { weight: 3, arbitrary: numbers },
  { weight: 3, arbitrary: names },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, '', [null], [[]], { toString: 1 }) },
  { weight: 1, arbitrary: deep },
);

/** Text that is no frame of anything. */
const noise = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '\n', '{', '[', 'null', '[]', '{}', '0', '"', '\ud800', '{}\n{}', '{"id":1e999}', '\u0000'),
  fc.constant('['.repeat(100_000)),
  hostileValue.map(written),
);

const bytes = fc.uint8Array({ maxLength: 40 }).map((list) => new Uint8Array(list).buffer);

export type WireFrame = string | ArrayBuffer;

/** Real frames with something else in them, noise, and bytes. */
export function hostileFrames(real: readonly WireFrame[]): fc.Arbitrary<readonly WireFrame[]> {
  const texts = fc.constantFrom(...real.filter((frame) => typeof frame === 'string'));
  const binaries = real.filter((frame) => typeof frame !== 'string');
  const mutants: fc.Arbitrary<WireFrame>[] = [
    fc.tuple(texts, fc.nat(), hostileValue).map(([text, at, value]) => withValue(text, at, value)),
    fc.tuple(texts, fc.nat(), names, hostileValue).map(([text, at, key, value]) => withKey(text, at, [key, value])),
    fc.tuple(texts, fc.nat(), fc.nat(8), fc.string({ maxLength: 4 })).map(withCut),
    fc.tuple(texts, texts, fc.nat()).map(([one, other, at]) => one.slice(0, at % (one.length + 1)) + other),
    noise,
    bytes,
  ];
  if (binaries.length) {
    const flipped = fc.tuple(fc.constantFrom(...binaries), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }));
    mutants.push(
      flipped.map(([frame, flips]) => withBytes(frame, flips)),
      flipped.map(([frame]) => frame.slice(0, -3)),
    );
  }
  const frame = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...real) },
    ...mutants.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
  return fc.array(frame, { maxLength: 12, size: 'max' });
}

/** Nested values too deep to be written again are written by hand. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '['.repeat(20_000) + ']'.repeat(20_000);
  }
}

type Container = Record<string, unknown> | unknown[];

/** Where something else can stand: each container in a value, with each of its keys. */
function places(value: unknown, found: [Container, string][] = []): [Container, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Container, key]); // an object with keys
    places((value as Record<string, unknown>)[key], found);
  }
  return found;
}

/** With another value in one place. */
function withValue(text: string, at: number, value: unknown): string {
  const [copy, place] = pick(text, at);
  if (!place) return written(value);
  const [container, key] = place;
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
  return written(copy);
}

/** With one more key in one of its objects. */
function withKey(text: string, at: number, [key, value]: readonly [string, unknown]): string {
  const [copy, place] = pick(text, at);
  const target = place?.[0] ?? copy;
  if (typeof target !== 'object' || target === null) return written(value);
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  return written(copy);
}

function pick(text: string, at: number): [copy: unknown, place: [Container, string] | undefined] {
  const copy = JSON.parse(text) as unknown;
  const all = places(copy);
  return [copy, all[at % (all.length || 1)]];
}

const withCut = ([text, at, length, instead]: readonly [string, number, number, string]): string => {
  const start = at % (text.length + 1);
  return text.slice(0, start) + instead + text.slice(start + length);
};

function withBytes(frame: ArrayBuffer, flips: readonly (readonly [number, number])[]): ArrayBuffer {
  const copy = new Uint8Array(frame.slice(0));
  for (const [at, byte] of flips) copy[at % copy.length] = byte;
  return copy.buffer;
}
