import { startEmbeddedServer, type EmbeddedServer } from '../../../../test/support/channelServerEmbedded';
import { envelope } from '../../src/protocols/envelope';
import { conform } from '../channels/conformance';

const tokenOf = (server: unknown, user?: string) => () => (server as EmbeddedServer).token(user); // what `start` gave

conform({
  name: 'envelope',
  start: () => startEmbeddedServer({ protocol: 'envelope' }),
  protocol: (server, { isImpatient = false }) =>
    envelope({
      token: tokenOf(server),
      heartbeat: isImpatient ? { interval: 100, timeout: 100 } : undefined,
    }) as never, // what it speaks is its own affair
  protocolFor: (server, user) => envelope({ token: tokenOf(server, user) }) as never, // as above
  hasReplies: true,
  hasRecovery: true,
  hasEnds: true,
  hasBusy: true,
  onExpiry: 'renews',
});
