import { contentOf, draftOf, type Position } from '../hub/publication';
import { isObject, parseJson, type JsonObject } from '../lib/json';
import { Refusal } from '../refusal';
import type { Command, Request } from './wire';

type Params = JsonObject;
type Reader = (id: number, params: Params) => Request | null;

/** What a command of each name says; `null` where its parameters have the wrong type. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'connect',
    (id, { token, data, subs }) => ({ type: 'connect', id, token: text(token), data, positions: positionsOf(subs) }),
  ],
  ['subscribe', readSubscribe],
  ['unsubscribe', ofChannel((id, channel) => ({ type: 'unsubscribe', id, channel }))],
  ['publish', ofChannel(readPublish)],
  ['presence', ofChannel((id, channel) => ({ type: 'presence', id, channel }))],
  ['presence_stats', ofChannel((id, channel) => ({ type: 'presence-stats', id, channel }))],
  ['history', readHistory],
  ['rpc', (id, { method, data }) => ({ type: 'call', id, method: text(method), data, channel: undefined })],
  ['refresh', (id, { token }) => ({ type: 'refresh', id, token: text(token) })],
  [
    'sub_refresh',
    ofChannel((id, channel, { token }) => ({ type: 'refresh-subscription', id, channel, token: text(token) })),
  ],
]);

/** One frame holds many commands, one a line. */
export function decodeCentrifugo(frame: string): readonly Command[] | null {
  const commands: Command[] = [];
  for (const line of frame.split('\n')) {
    if (!line.trim()) continue;
    const command = readRequest(parseJson(line));
    if (!command) return null;
    commands.push({ ...command, length: line.length });
  }
  return commands.length ? commands : null;
}

function readRequest(frame: unknown): Request | null {
  if (!isObject(frame)) return null;
  const { id = 0 } = frame;
  const named = Object.keys(frame).filter((key) => key !== 'id');
  if (!named.length) return { type: 'pong' };
  if (named.includes('send')) return { type: 'ignored' };
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) return null;
  for (const name of named) {
    const reader = READERS.get(name);
    const params = frame[name];
    if (reader && isObject(params)) {
      return reader(id, params) ?? { type: 'invalid', id, refusal: new Refusal('bad-request') };
    }
  }
  return { type: 'invalid', id, refusal: new Refusal('method-not-found') };
}

function ofChannel(read: (id: number, channel: string, params: Params) => Request): Reader {
  return (id, params) => (typeof params['channel'] === 'string' ? read(id, params['channel'], params) : null);
}

function readSubscribe(id: number, params: Params): Request | null {
  const { channel, token, data, recover, join_leave: joinLeave } = params;
  if (typeof channel !== 'string') return null;
  const position = recover === true ? positionOf(params) : undefined;
  if (position === null) return null;
  return { type: 'subscribe', id, channel, token: text(token), data, position, joinLeave: joinLeave === true };
}

function readPublish(id: number, channel: string, { data }: Params): Request {
  const draft = draftOf(data);
  return { type: 'publish', id, channel, content: contentOf(draft), payload: draft.payload };
}

function readHistory(id: number, { channel, since, limit = 0, reverse }: Params): Request | null {
  if (typeof channel !== 'string' || typeof limit !== 'number') return null;
  const position = isObject(since) ? positionOf(since) : undefined;
  if (position === null) return null;
  return { type: 'history', id, channel, query: { since: position, limit, reverse: reverse === true } };
}

/** A position whose offset or epoch is missing is that of a stream without either: it fits no other. */
function positionOf({ offset = 0, epoch = '' }: Params): Position | null {
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0) return null;
  return typeof epoch === 'string' ? { offset, epoch } : null;
}

function positionsOf(subs: unknown): Map<string, Position> {
  const positions = new Map<string, Position>();
  for (const [channel, sub] of Object.entries(isObject(subs) ? subs : {})) {
    const position = isObject(sub) && sub['recover'] === true ? positionOf(sub) : null;
    if (position) positions.set(channel, position);
  }
  return positions;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
