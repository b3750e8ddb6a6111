export { useWebSocket } from './useWebSocket';
export { useFeed } from './useFeed';
export { useConnection } from './useConnection';
export { useConnectionStatus } from './useConnectionStatus';
export { useOnReconnect } from './useOnReconnect';
export { useChannel } from './useChannel';
export { useEvent } from './useEvent';
export { usePresence } from './usePresence';
export { ConnectionProvider, type ConnectionProviderProps } from './ConnectionProvider';
export type { Address, MessageOptions, UseWebSocketOptions, UseWebSocketResult } from './types';
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
