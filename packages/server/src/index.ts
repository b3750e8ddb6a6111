export { createChannelServer } from './createChannelServer';
export { Refusal } from './refusal';

export type { ChannelHistory, ChannelServer, HistoryEntry, Target } from './channelServer';
export type {
  CallRequest,
  Client,
  ConnectRequest,
  Credentials,
  EventRequest,
  Permission,
  PublishRequest,
  SubscribeRequest,
} from './hooks';
export type { Member, Position } from './hub/publication';
export type { HistoryOptions, HistoryQuery } from './hub/stream';
export type { Limits } from './limits';
export type { ChannelOptions, ChannelServerOptions } from './options';
export type { RefusalOptions, RefusalReason } from './refusal';
