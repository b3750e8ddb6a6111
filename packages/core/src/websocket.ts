export { ReconnectingWebSocket } from './websocket/reconnectingWebSocket';
export type { ReconnectingWebSocketOptions } from './websocket/types';
export type { Provider } from './options';
