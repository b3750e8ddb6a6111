import { raw, type ChannelProtocol, type IncomingData, type OutgoingData } from '../../src/index';

/** A protocol that says nothing, for what a protocol settles for its connection. */
export function fakeProtocol(
  settled: Partial<ChannelProtocol<IncomingData, OutgoingData>> = {},
): ChannelProtocol<IncomingData, OutgoingData> {
  return {
    name: 'fake',
    codec: raw,
    open: () => ({ join() {}, leave() {}, push() {}, receive() {} }),
    ...settled,
  };
}
