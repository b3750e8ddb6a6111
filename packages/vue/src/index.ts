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
  countBy,
  createConnection,
  createFeed,
  createPool,
  json,
  keepLast,
  keyBy,
  latest,
  raw,
  reduce,
  StopReconnecting,
} from '@tautline/core';
export type {
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
