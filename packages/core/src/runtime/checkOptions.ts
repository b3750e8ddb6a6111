import { InvalidOptionError } from '../errors';
import type { CloseVerdict } from '../wire/closeVerdict';

/** Options by name. */
export type Group = { [name: string]: unknown };

/** Numbers below 1 make no sense for these; 0 is the least for all others. */
const AT_LEAST_ONE = [
  'connectTimeout',
  'joinTimeout',
  'closeTimeout',
  'idleTimeout',
  'highWaterMark',
  'interval',
  'timeout',
  'factor',
];
const FUNCTIONS = ['handshake', 'shouldReconnect', 'WebSocket', 'inspect', 'delay', 'isPong'];
const VERDICTS: unknown[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'] satisfies CloseVerdict[];
const CHOICES: Group = {
  jitter: ['full', 'none'],
  overflow: ['drop-newest', 'drop-oldest', 'throw'],
  binaryType: ['arraybuffer', 'blob'],
};

/**
 * Checks options where they are written, and costs nothing in production builds.
 *
 * @throws {InvalidOptionError} for the first option that cannot work.
 */
export function checkInDevelopment(given: Group, defaults: Group): void {
  try {
    if (process.env.NODE_ENV !== 'production') checkOptions(given, defaults);
  } catch (error) {
    if (error instanceof InvalidOptionError) throw error; // else there is neither a bundler nor Node: production
  }
}

/**
 * Compares what is given with what the defaults are like.
 *
 * @throws {InvalidOptionError} for the first option that cannot work.
 */
function checkOptions(given: Group, defaults: Group, path = ''): void {
  for (const name in given) {
    const value = given[name];
    const standard = defaults[name];
    if (value === undefined || value === standard || (value === true && standard)) continue;
    const expected = expectedOf(name, standard, value);
    if (expected) throw new InvalidOptionError(path + name, value, expected);
    if (value && isGroup(standard)) checkOptions({ ...value }, standard, `${path}${name}.`);
  }
  if (given.heartbeat && fieldsOf(given.heartbeat).message === undefined) {
    throw new InvalidOptionError('heartbeat.message', undefined, 'what to send as a ping');
  }
  for (const [code, verdict] of Object.entries(fieldsOf(given.closeCodes))) {
    if (verdict === undefined || VERDICTS.includes(verdict)) continue;
    throw new InvalidOptionError(`closeCodes.${code}`, verdict, `one of ${VERDICTS.join(', ')}`);
  }
}

/** What an option should have been; `undefined` when it is. */
function expectedOf(name: string, standard: unknown, value: unknown): string | undefined {
  const choices = CHOICES[name];
  if (Array.isArray(choices)) return choices.includes(value) ? undefined : `one of ${choices.join(', ')}`;
  if (FUNCTIONS.includes(name)) return typeof value === 'function' ? undefined : 'a function';
  if (name === 'codec')
    return isCodec(value) ? undefined : 'an object with encode and decode: json() is one, json is not';
  if (name === 'schema') return isSchema(value) ? undefined : 'a Standard Schema, of Zod, Valibot or ArkType say';
  if (name === 'channels')
    return typeof fieldsOf(value).open === 'function'
      ? undefined
      : 'a channel protocol: phoenix() is one, phoenix is not';
  if (typeof standard === 'boolean') return value === false ? undefined : 'true or false';
  if (isGroup(standard)) {
    const isOff = value === false && name !== 'lifecycle';
    return isOff || typeof value === 'object' ? undefined : 'an object of options';
  }
  if (typeof standard !== 'number' || value === false) return undefined;
  const least = AT_LEAST_ONE.includes(name) ? 1 : 0;
  return typeof value === 'number' && value >= least ? undefined : `a number of at least ${least}`;
}

const isGroup = (standard: unknown): standard is Group => typeof standard === 'object';

/** Of whatever was given; nothing has none. */
const fieldsOf = (value: unknown): Group => ({ ...Object(value) });

const isSchema = (value: unknown): boolean =>
  typeof fieldsOf((Object(value) as Group)['~standard']).validate === 'function';

const isCodec = (value: unknown): boolean => {
  const { encode, decode } = Object(value) as Group;
  return typeof encode === 'function' && typeof decode === 'function';
};
