export { useWebSocket } from './useWebSocket';
export { useFeed } from './useFeed';
export { useConnection } from './useConnection';
export { useConnectionStatus } from './useConnectionStatus';
export { useOnReconnect, type Reconnection } from './useOnReconnect';
export { ConnectionProvider, type ConnectionProviderProps } from './ConnectionProvider';
export type { Address, MessageOptions, UseWebSocketOptions, UseWebSocketResult } from './types';
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
  SendOptions,
  SendResult,
} from '@tautline/core';
