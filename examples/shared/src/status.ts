/** Where the server says how it is: `ws://.../status`. */
export const STATUS_PATH = '/status';

/** How the server is, once a second. */
export interface ServerStatus {
  readonly type: 'status';
  readonly condition: 'up' | 'frozen' | 'refusing' | 'slow';
  /** Connections, without those that only watch the status. */
  readonly clients: number;
  /** Streams that it keeps, with or without a client at the moment. */
  readonly streams: number;
  /** Since it listens, in milliseconds. */
  readonly uptime: number;
  /** Share of the machine's processors in use, 0 to 1. */
  readonly cpu: number;
  /** Resident memory of the server process. */
  readonly processBytes: number;
}
