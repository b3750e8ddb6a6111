export { useWebSocket } from './useWebSocket';
export { useFeed } from './useFeed';
export { useConnection } from './useConnection';
export { useConnectionStatus } from './useConnectionStatus';
export { useOnReconnect, type Reconnection } from './useOnReconnect';
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
export {
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
  QueueFullError,
  raw,
  reduce,
  request,
  StopReconnecting,
  TautlineError,
  TimeoutError,
} from '@tautline/core';
export type {
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
  SendResult,
} from '@tautline/core';
