/** A JSON object from the wire. Read it by names the protocol knows, never by names from the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined` where the text is no JSON, which is no JSON value either. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As JSON; what has none (`undefined`, a function) is `null`. @throws {TypeError} a cycle, a BigInt */
export const toJson = (value: unknown): string => JSON.stringify(value) ?? 'null';
