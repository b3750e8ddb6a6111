import type { ChannelProtocol } from '../options';
import { ask, askAhead } from './askAhead';
import { codec } from './centrifugo/codec';
import { open } from './centrifugo/open';
import type { CentrifugoOptions } from './centrifugo/options';
import { closeVerdict } from './centrifugo/verdicts';
import type { Command, Reply } from './centrifugo/wire';

export { history, presenceStats, rpc, type History, type HistoryOptions } from './centrifugo/calls';
export type { CentrifugoOptions, CentrifugoParams, NamedEvent, SubscriptionTokenContext } from './centrifugo/options';
export type {
  CentrifugoError,
  ClientInfo,
  Command,
  ConnectResult,
  Offset,
  Publication,
  Push,
  Reply,
  StreamPosition,
  SubscribeResult,
} from './centrifugo/wire';

/**
 * Channels of Centrifugo, and of `@tautline/server`: the JSON protocol.
 *
 * Topics are channel names. `docs/protocol-centrifugo.md` says what becomes of tokens, publications and codes.
 *
 * @see https://centrifugal.dev/docs/transports/client_protocol
 */
export function centrifugo(options: CentrifugoOptions = {}): ChannelProtocol<readonly Reply[], Command> {
  const { token, data } = options;
  const { url, answerFor } = askAhead(async (context) => ({
    token: await ask(token, context),
    data: await ask(data, context),
  }));
  return {
    name: 'centrifugo',
    codec,
    url,
    closeVerdict,
    open: (context) => open(context, options, answerFor(context)),
  };
}
