import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createChannelServer, Refusal, type ChannelServerOptions, type SubscribeRequest } from '@tautline/server';
import type { ChannelServer } from './channelServer';

export interface EmbeddedServer extends ChannelServer {
  /** Credentials, good until `expire`. Without any everybody is let in; with others nobody is. */
  token(user?: string): string;
}

export interface EmbeddedServerOptions {
  /** What its clients speak. The server speaks both; for the URL it makes no difference. */
  protocol: 'centrifugo' | 'envelope';
}

/**
 * `@tautline/server` on a free port of 127.0.0.1. Who publishes an event gets it too, as in Centrifugo; and in
 * Centrifugo's protocol the reply to `echo` and the reason of `fail` stay with the server.
 */
export async function startEmbeddedServer(_options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const behaviour = createBehaviour();
  const sockets = new Set<Socket>();
  const path = '/connection/websocket';

  const start = async (at: number) => {
    const http = createServer().listen(at, '127.0.0.1');
    http.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await once(http, 'listening');
    return { http, server: createChannelServer({ server: http, path, ...behaviour.options }) };
  };
  const stop = async () => {
    await current.server.close({ timeout: 500 });
    await closed(current.http);
  };

  let current = await start(0);
  const { port } = current.http.address() as AddressInfo; // of a TCP server
  return {
    port,
    url: `ws://127.0.0.1:${port}${path}`,
    publish: (topic, event, payload) => void current.server.publish(topic, payload, { event }),
    end(topic, how) {
      const why = how === 'crash' ? { code: 2_500, reason: 'insufficient state' } : { code: 2_000 };
      for (const { user, client } of current.server.presence(topic)) {
        current.server.unsubscribe(user, topic, { client, ...why });
      }
    },
    members: (topic) => current.server.presence(topic).length,
    joins: behaviour.joins,
    release: behaviour.release,
    token: behaviour.token,
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    async restart() {
      await stop();
      current = await start(port);
    },
    expire() {
      for (const user of behaviour.expire()) {
        current.server.disconnect(user, { code: 3_005, reason: 'connection expired' });
      }
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** What `ChannelServer` says of names, as hooks. Its tokens are the users. */
function createBehaviour() {
  const joins = new Map<string, number>();
  const busy = new Set<string>();
  let waiting: (() => void)[] = [];
  let tokens = new Set<string>();
  let issued = 0;

  const authorize = async ({ client, channel }: SubscribeRequest): Promise<boolean> => {
    joins.set(channel, (joins.get(channel) ?? 0) + 1);
    const name = channel.replace(/^(private|presence)-/, '');
    if (name.startsWith('slow')) await new Promise<void>((resolve) => waiting.push(resolve));
    if (name.startsWith('busy') && !busy.has(client.id)) {
      busy.add(client.id);
      throw new Refusal('too-many-requests');
    }
    return !name.startsWith('refused');
  };

  const options: Pick<ChannelServerOptions, 'authorize' | 'channels'> = {
    authorize({ token }) {
      if (token && !tokens.has(token)) throw new Refusal('token-expired');
      return { user: token, info: { name: token.toUpperCase() } };
    },
    channels: {
      '*': {
        authorize,
        publish: true,
        presence: true,
        events: {
          echo: ({ payload }) => payload,
          fail({ payload }) {
            throw new Refusal(400, { message: 'failed as asked', data: payload });
          },
          silent: () => new Promise(() => {}),
        },
      },
    },
  };

  return {
    options,
    joins: (topic: string) => joins.get(topic) ?? 0,
    release() {
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    token(token = `token-${++issued}`) {
      tokens.add(token);
      return token;
    },
    /** Returns the tokens that were good until now. */
    expire() {
      const expired = tokens;
      tokens = new Set();
      return expired;
    },
  };
}

async function closed(http: Server): Promise<void> {
  const gone = once(http, 'close');
  http.close();
  http.closeAllConnections();
  await gone;
}
