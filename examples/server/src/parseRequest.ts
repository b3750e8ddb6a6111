import { findListing, MAX_RATE, type Command, type StreamRequest } from '@tautline-examples/shared';

/** A request whose command nobody has looked at yet. */
export type Request = Exclude<StreamRequest, Command> | (Omit<Command, 'command'> & { readonly command: unknown });

/** A message from outside, checked field by field; `null` when it is not one of ours. */
export function parseRequest(text: string): Request | null {
  const message = parse(text);
  switch (message?.type) {
    case 'ping':
      return { type: 'ping' };
    case 'probe':
      return isCount(message.id) ? { type: 'probe', id: message.id } : null;
    case 'rate':
      return isCount(message.updatesPerSecond)
        ? { type: 'rate', updatesPerSecond: Math.min(message.updatesPerSecond, MAX_RATE) }
        : null;
    case 'candles':
      return typeof message.symbol === 'string' && findListing(message.symbol)
        ? { type: 'candles', symbol: message.symbol }
        : null;
    case 'command':
      return isCount(message.request) ? { type: 'command', request: message.request, command: message.command } : null;
    case 'resume': {
      const { session, after } = message;
      return (session === null || typeof session === 'string') && isCount(after)
        ? { type: 'resume', session, after }
        : null;
    }
    default:
      return null;
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null; // an object; its fields stay unknown
  } catch {
    return null;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
