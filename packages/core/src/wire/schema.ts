import type { StandardSchemaV1 } from '@standard-schema/spec';

/**
 * The value as the schema returns it (it may transform), or throws with the schema's own words.
 * Asynchronous schemas are refused: to wait for one would let messages overtake each other.
 *
 * @see https://standardschema.dev
 */
export function validate<T>(schema: StandardSchemaV1<unknown, T>, value: unknown): T {
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) throw new TypeError('The schema must be synchronous.');
  if (!result.issues) return result.value;
  throw new TypeError(
    result.issues.map(({ message, path }) => `${path?.map(keyOf).join('.') ?? ''} ${message}`.trim()).join('; '),
    {
      cause: result.issues,
    },
  );
}

/** Schemas name the steps of a path by key, or by an object that holds the key. */
const keyOf = (step: PropertyKey | StandardSchemaV1.PathSegment) => String(typeof step === 'object' ? step.key : step);
