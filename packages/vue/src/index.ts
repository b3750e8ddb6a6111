export { useWebSocket } from './useWebSocket';
export { useFeed } from './useFeed';
export { useConnection } from './useConnection';
export { useConnectionStatus } from './useConnectionStatus';
export { useOnReconnect } from './useOnReconnect';
export { useChannel } from './useChannel';
export { useEvent } from './useEvent';
export { usePresence } from './usePresence';
export { provideConnection } from './provideConnection';
export { connectionPlugin } from './connectionPlugin';
export type {
  Address,
  MaybeTarget,
  MessageOptions,
  SnapshotRefs,
  UrlProvider,
  UseWebSocketOptions,
  UseWebSocketResult,
} from './types';
export type { UseChannelOptions, UseChannelResult } from './channelTypes';
export {
  channel,
  ChannelError,
  ChannelRefusal,
  ConnectionClosedError,
  countBy,
  createConnection,
  createFeed,
  createPool,
  InvalidOptionError,
  json,
  keepLast,
  keyBy,
  latest,
  messages,
  onReconnect,
  QueueFullError,
  raw,
  reduce,
  request,
  StopReconnecting,
  TautlineError,
  TimeoutError,
} from '@tautline/core';
export type {
  Channel,
  ChannelEvent,
  ChannelHandlers,
  ChannelMessage,
  ChannelOptions,
  ChannelSnapshot,
  ChannelStatus,
  Codec,
  Collector,
  Connection,
  ConnectionOptions,
  ConnectionPool,
  ConnectionSnapshot,
  ConnectionStatus,
  Feed,
  IncomingData,
  KeyedFeed,
  OutgoingData,
  PresenceMember,
  Reconnection,
  SendOptions,
  SendResult,
} from '@tautline/core';
