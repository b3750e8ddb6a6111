import { StopReconnecting, TautlineError } from '../../errors';
import { isolate } from '../../lib/isolate';
import type { CentrifugoOptions } from './options';
import { CONNECT_ID, type LineContext } from './requests';
import { createSession, type CentrifugoSession } from './session';
import { since } from './subscriptions';
import { errorVerdict } from './verdicts';
import type { CentrifugoError } from './wire';

/** What a line begins with. */
export interface Opening {
  /** Who connects, and what the backend is to know of it. */
  readonly token?: string | undefined;
  readonly data?: unknown;
}

/** Connects, and goes on with what the server had subscribed the line before to. */
export async function open(
  given: LineContext,
  options: CentrifugoOptions,
  { token, data }: Opening = {},
): Promise<CentrifugoSession> {
  const before = given.previous as CentrifugoSession | null; // by this protocol, as the next one
  const era = before?.era ?? 0;
  const context = { ...given, previous: null, era }; // or each session would hold all those before it
  const ours = [...(before?.subscriptions ?? [])].filter(([, { isServerSide, ref }]) => isServerSide && ref);
  const subs = ours.map(([topic, { position }]) => [topic, position && since(position, era)] as const);
  const body = { name: 'tautline', token, data, subs: Object.fromEntries(subs) };
  context.send({ id: CONNECT_ID, method: 'connect', body });
  const [{ connect, error } = {}, ...late] = await context.receive();
  if (!connect) throw refusal(error, options.token);
  isolate(() => options.onConnect?.(connect));
  const session = createSession(context, options, { connect, before: new Map(ours) });
  isolate(session.receive, late);
  return session;
}

/** An expired token is worth another attempt where another token may come of it. */
function refusal(error: CentrifugoError | undefined, token: CentrifugoOptions['token']): TautlineError {
  const verdict = error && errorVerdict(error);
  const isFinal = verdict === 'stop' || (verdict === 'reauth' && typeof token !== 'function');
  const message = error ? `${error.message} (${error.code})` : 'No reply to `connect`.';
  return isFinal ? new StopReconnecting(message, error) : new TautlineError('handshake-rejected', message, error);
}
