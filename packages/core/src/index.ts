export { createConnection } from './runtime/connection';
export { createPool, type ConnectionPool } from './runtime/pool';
export { request, type RequestOptions } from './runtime/request';
export { messages, type MessagesOptions } from './runtime/messages';
export { channel } from './channel/channel';
export { call } from './channel/call';
export { onReconnect, type Reconnection } from './channel/onReconnect';
export { NO_CHANNEL } from './channel/noChannel';
export { IDLE_CHANNEL_SNAPSHOT } from './channel/snapshot';
export type {
  AnyChannel,
  AnyEvents,
  Channel,
  ChannelEvent,
  ChannelHandlers,
  ChannelLine,
  ChannelMessage,
  ChannelOptions,
  ChannelSnapshot,
  ChannelStatus,
  InvalidPayload,
  PresenceMember,
  PushOptions,
} from './channel/types';
export type { InspectRecord } from './runtime/inspect';
export type { Environment, LifecycleFact, LifecycleInterest } from './runtime/lifecycle';
export { IDLE_SNAPSHOT } from './machine/snapshot';
export { View, type ViewSource } from './collect/view';
export { createFeed, type Feed, type FeedOptions, type FeedSource, type KeyedFeed } from './collect/feed';
export { countBy, keepLast, keyBy, latest, reduce, type Collector, type KeyedCollector } from './collect/collectors';
export type { Flush } from './collect/frame';
export { json, raw, type Codec } from './wire/codec';
export type { CloseCodes } from './wire/closeCodes';
export type { CloseVerdict } from './wire/closeVerdict';
export {
  ChannelError,
  ChannelRefusal,
  ConnectionClosedError,
  InvalidOptionError,
  QueueFullError,
  StopReconnecting,
  TautlineError,
  TimeoutError,
  type TautlineErrorCode,
} from './errors';
export type {
  AttemptContext,
  ChannelProtocol,
  ConnectionOptions,
  HandshakeContext,
  HeartbeatOptions,
  LifecycleOptions,
  Provider,
  QueueOptions,
  ReconnectOptions,
  SessionContext,
} from './options';
export type {
  CallRequest,
  ChannelFact,
  ChannelPort,
  ChannelSession,
  JoinRequest,
  LeaveRequest,
  PresenceEntry,
  PushRequest,
} from './session';
export type {
  AttemptReason,
  CloseInfo,
  Connection,
  ConnectionEvents,
  ConnectionQueue,
  ConnectionSnapshot,
  ConnectionStatus,
  DropReason,
  IncomingData,
  OutgoingData,
  PauseReason,
  SendOptions,
  SendResult,
  WebSocketConstructor,
  WebSocketLike,
} from './types';
