import { expect, test, vi } from 'vitest';
import type { ChannelProtocol } from '../../src/index';
import { centrifugo } from '../../src/protocols/centrifugo';
import { envelope } from '../../src/protocols/envelope';
import { phoenix } from '../../src/protocols/phoenix';
import { pusher } from '../../src/protocols/pusher';
import { collectGarbage } from '../kit/collectGarbage';
import { microtasks } from '../kit/fakeEnvironment';
import { stage } from '../kit/stage';

interface Case {
  readonly protocol: ChannelProtocol<any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly welcome?: string;
}

const PROTOCOLS: Case[] = [
  { protocol: envelope() },
  { protocol: phoenix() },
  { protocol: centrifugo(), welcome: '{"id":1,"connect":{"client":"me"}}' },
  {
    protocol: pusher({ key: 'key' }),
    welcome: '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":30}"}',
  },
];

test.each(PROTOCOLS)('$protocol.name forgets the sessions of lines that are over', async ({ protocol, welcome }) => {
  const sessions: WeakRef<object>[] = [];
  const { connection, socket, sockets, environment } = stage({
    channels: {
      ...protocol,
      async open(context) {
        const session = await protocol.open(context);
        sessions.push(new WeakRef(session));
        return session;
      },
    },
  });
  connection.connect();
  for (let line = 0; line < 20; line++) {
    await microtasks();
    socket().accept();
    await microtasks();
    if (welcome) socket().deliver(welcome);
    await microtasks();
    socket().end();
    environment.advance(60_000);
  }
  sockets.splice(0);
  await vi.waitFor(() => {
    collectGarbage();
    expect(sessions.filter((session) => session.deref())).toHaveLength(1);
  });
  expect(sessions).toHaveLength(20);
});
