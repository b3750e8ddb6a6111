import { StopReconnecting, TautlineError } from '../../errors';
import { isolate } from '../../lib/isolate';
import type { CentrifugoOptions } from './options';
import { CONNECT_ID, type Context } from './requests';
import { createSession, type CentrifugoSession } from './session';
import { invalidate } from './subscriptions';
import { errorVerdict } from './verdicts';
import type { CentrifugoError, StreamPosition } from './wire';

/**
 * Connects, and goes on with what the server had subscribed the line before to.
 *
 * @param era Positions told in an earlier one are void.
 */
export async function open(given: Context, options: CentrifugoOptions, era: number): Promise<CentrifugoSession> {
  const context = { ...given, previous: null }; // or each session would hold all those before it
  const { token, data, onConnect } = options;
  const positions = positionsOf(given, era);
  context.send({
    id: CONNECT_ID,
    method: 'connect',
    body: {
      name: 'tautline',
      token: typeof token === 'function' ? await token(context) : token,
      data: typeof data === 'function' ? await data(context) : data,
      subs: Object.fromEntries([...positions].map(([topic, position]) => [topic, { recover: true, ...position }])),
    },
  });
  const [{ connect, error } = {}, ...late] = await context.receive();
  if (!connect) throw refusal(error, token);
  isolate(() => onConnect?.(connect));
  const session = createSession(context, options, { connect, positions, era });
  isolate(session.receive, late);
  return session;
}

/** Where those of the server's own subscriptions stood that had a member. */
function positionsOf({ previous }: Context, era: number): Map<string, StreamPosition> {
  const positions = new Map<string, StreamPosition>();
  const session = previous as CentrifugoSession | null; // by this protocol, as this one is
  for (const [topic, { position, isServerSide, ref }] of session?.subscriptions ?? []) {
    if (session?.era !== era) invalidate(position);
    if (isServerSide && ref && position) positions.set(topic, position);
  }
  return positions;
}

/** An expired token is worth another attempt where another token may come of it. */
function refusal(error: CentrifugoError | undefined, token: CentrifugoOptions['token']): TautlineError {
  const verdict = error && errorVerdict(error);
  const isFinal = verdict === 'stop' || (verdict === 'reauth' && typeof token !== 'function');
  const message = error ? `${error.message} (${error.code})` : 'No reply to `connect`.';
  return isFinal ? new StopReconnecting(message, error) : new TautlineError('handshake-rejected', message, error);
}
