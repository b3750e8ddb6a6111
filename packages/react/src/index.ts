export { useWebSocket } from './useWebSocket';
export { useFeed } from './useFeed';
export { useConnection } from './useConnection';
export { useConnectionStatus } from './useConnectionStatus';
export { useOnReconnect, type Reconnection } from './useOnReconnect';
export { ConnectionProvider, type ConnectionProviderProps } from './ConnectionProvider';
export type { Address, MessageOptions, UseWebSocketOptions, UseWebSocketResult } from './types';
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
  SendOptions,
  SendResult,
} from '@tautline/core';
