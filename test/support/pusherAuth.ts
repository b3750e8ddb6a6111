import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What an app's HTTP server hands to a client for one channel and one socket. */
export interface PusherAuthorization {
  readonly auth: string;
  readonly channel_data?: string;
}

/** One request that came to the endpoint. */
export interface PusherAuthRequest {
  /** When, in milliseconds of `performance.now()`. */
  readonly at: number;
  readonly socketId: string;
  /** More than one only in a batch. */
  readonly channels: readonly string[];
  readonly isBatch: boolean;
  /** What was answered. */
  readonly status: number;
}

export interface PusherAuth {
  /** In order of arrival. */
  readonly requests: readonly PusherAuthRequest[];
  /** What every request is answered with, where it is not 200. */
  status: number;
  /** What a user sends as `authorization` header; users without one are guests, each socket another. */
  credentials(user: string): string;
  /** From now on, credentials given out so far are answered with 401. */
  expire(): void;
  /** What the server expects a client to present; empty for public channels. */
  sign(socketId: string, channel: string, channelData?: string): string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * The HTTP endpoint that an app brings along: signs private and presence channels for a socket, by HMAC-SHA256 with
 * the secret of the app. Form-encoded `socket_id` and `channel_name` ask for one channel, JSON with `socket_id` and
 * `channels` for many. Channels with `denied` in their name are answered with 403; in a batch they are left out.
 *
 * @see https://pusher.com/docs/channels/library_auth_reference/auth-signatures/
 */
export function createPusherAuth(key: string, secret: string): PusherAuth {
  const requests: PusherAuthRequest[] = [];
  let generation = 1;

  const sign = (...parts: (string | undefined)[]) => {
    const signed = parts.filter((part) => part !== undefined).join(':');
    return `${key}:${createHmac('sha256', secret).update(signed).digest('hex')}`;
  };
  const authorize = (socketId: string, channel: string, user: string): PusherAuthorization => {
    if (!channel.startsWith('presence-')) return { auth: sign(socketId, channel) };
    const channelData = JSON.stringify({ user_id: user, user_info: { name: user.toUpperCase() } });
    return { auth: sign(socketId, channel, channelData), channel_data: channelData };
  };
  const respond = ({ socketId, channels, isBatch }: Asked, authorization: string | undefined) => {
    const [user = '', given] = authorization?.split(' ') ?? [`guest-${socketId}`, String(generation)];
    if (endpoint.status !== 200) return { status: endpoint.status };
    if (given !== String(generation)) return { status: 401 };
    const allowed = channels.filter((channel) => !channel.includes('denied'));
    const answers = allowed.map((channel) => [channel, authorize(socketId, channel, user)] as const);
    if (isBatch) return { status: 200, body: Object.fromEntries(answers) };
    return answers[0] ? { status: 200, body: answers[0][1] } : { status: 403 };
  };

  const endpoint: PusherAuth = {
    requests,
    status: 200,
    credentials: (user) => `${user} ${generation}`,
    expire() {
      generation++;
    },
    sign,
    async handle(request, response) {
      const at = performance.now();
      const asked = parse(request.headers['content-type'] ?? '', await bodyOf(request));
      const { status, body } = respond(asked, request.headers.authorization);
      requests.push({ at, status, ...asked });
      response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
    },
  };
  return endpoint;
}

type Asked = Pick<PusherAuthRequest, 'socketId' | 'channels' | 'isBatch'>;

function parse(contentType: string, body: string): Asked {
  if (contentType.startsWith('application/json')) {
    const { socket_id, channels } = JSON.parse(body) as { socket_id: string; channels: string[] }; // by tests
    return { socketId: socket_id, channels, isBatch: true };
  }
  const form = new URLSearchParams(body);
  return { socketId: form.get('socket_id') ?? '', channels: form.getAll('channel_name'), isBatch: false };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
