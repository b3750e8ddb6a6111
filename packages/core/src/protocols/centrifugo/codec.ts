import type { Codec } from '../../wire/codec';
import type { Command, Reply } from './wire';

/** From 9e15 on: `JSON.parse` keeps all digits of a number only below 2^53. An escaped quote keeps it out of strings; what follows, out of fractions. */
const LONG_OFFSET = /([{,]"offset":)(9\d{15}|\d{17,})(?=[,}])/g;
const QUOTED_OFFSET = /([{,]"offset":)"(\d+)"/g;

/**
 * One frame holds many replies, one to a line. Commands go out one to a frame: servers bound the size of
 * a frame, and a thousand joins with their tokens would exceed it.
 */
export const codec: Codec<readonly Reply[], Command> = {
  decode: (frame) =>
    (frame as string) // throws for binary: JSON is text
      .split('\n')
      .filter((line) => line.trim())
      .map((line): Reply => JSON.parse(line.replace(LONG_OFFSET, '$1"$2"'))),

  encode({ id, method, body }) {
    if (!method) return '{}';
    const { data } = body ?? {};
    const fields = { ...body, data: undefined };
    const payload = data === undefined ? '' : `,"data":${(JSON.stringify(data) as string | undefined) ?? null}`; // functions have none
    // The app's data comes after, since an `offset` in there is none of ours.
    return `{"id":${id},"${method}":${JSON.stringify(fields).replace(QUOTED_OFFSET, '$1$2').slice(0, -1)}${payload}}}`;
  },
};
