import { startPusherServer, type PusherServer } from '../../../../test/support/pusherServer';
import { pusher } from '../../src/protocols/pusher';
import { conform } from '../channels/conformance';

const protocolOf = (server: unknown, user: string, isImpatient = false) => {
  const { key, authEndpoint, auth } = server as PusherServer; // what `start` gave
  return pusher({
    key,
    authEndpoint,
    headers: () => ({ authorization: auth.credentials(user) }),
    authorizeSpread: 50,
    clientEvents: ['said'],
    ...(isImpatient && { activityTimeout: 100, pongTimeout: 100 }),
  }) as never; // what it speaks is its own affair
};

conform({
  name: 'pusher',
  start: startPusherServer,
  protocol: (server, { isImpatient }) => protocolOf(server, 'ann', isImpatient),
  protocolFor: (server, user) => protocolOf(server, user),
  topic: (name, kind) => `${kind === 'presence' ? 'presence' : 'private'}-${name}`,
  hasReplies: false,
  hasRecovery: false,
  hasEnds: true,
  hasBusy: true,
  onExpiry: 'renews',
});
