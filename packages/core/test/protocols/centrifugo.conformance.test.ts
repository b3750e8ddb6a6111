import { startEmbeddedServer, type EmbeddedServer } from '../../../../test/support/channelServerEmbedded';
import { centrifugo, type CentrifugoOptions } from '../../src/protocols/centrifugo';
import { conform } from '../channels/conformance';

const tokenOf = (server: unknown, user?: string) => () => (server as EmbeddedServer).token(user); // what `start` gave

/** Does not wait for the server's next ping, which may take 25 s, to find the line dead. */
function impatient(options: CentrifugoOptions) {
  const protocol = centrifugo(options);
  return {
    ...protocol,
    open: async (context: Parameters<typeof protocol.open>[0]) => ({
      ...(await protocol.open(context)),
      idleTimeout: 1_000,
    }),
  };
}

conform({
  name: 'centrifugo',
  start: () => startEmbeddedServer({ protocol: 'centrifugo' }),
  protocol: (server, { isImpatient = false }) =>
    (isImpatient ? impatient : centrifugo)({ token: tokenOf(server) }) as never, // what it speaks is its own affair
  protocolFor: (server, user) => centrifugo({ token: tokenOf(server, user), presence: true }) as never, // as above
  hasReplies: false, // the server does not pass on what handlers return
  hasRecovery: true,
  hasEnds: true,
  hasBusy: true,
  onExpiry: 'renews',
});
