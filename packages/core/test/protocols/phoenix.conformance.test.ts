import { startPhoenixServer, type PhoenixServer } from '../../../../test/support/phoenixServer';
import { phoenix } from '../../src/protocols/phoenix';
import { conform } from '../channels/conformance';

conform({
  name: 'phoenix',
  start: startPhoenixServer,
  protocol: (server, { isImpatient = false }) =>
    phoenix({
      authToken: () => (server as PhoenixServer).token(), // what `start` gave
      heartbeat: isImpatient ? { interval: 100, timeout: 100 } : undefined,
    }) as never, // what it speaks is its own affair
  presenceParams: (user, info) => ({ user, info }),
  hasReplies: true,
  hasRecovery: false,
  hasEnds: true,
  hasBusy: true,
  onExpiry: 'renews',
});
