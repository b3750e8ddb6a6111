import { MAX_RATE } from '@tautline-examples/shared';

/** All durations in milliseconds, all sizes in bytes. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Pages that may connect. Without this check any page a user visits could (cross-site WebSocket hijacking). */
  readonly origins: readonly string[];
  /** Updates per second of a stream until its client asks for another rate. */
  readonly marketRate: number;
  readonly fleetRate: number;
  /** A larger message closes the connection with 1009. */
  readonly maxPayloadBytes: number;
  /** Messages that a client may send at once. More than the 1,000 its queue may hold while the line is down. */
  readonly burst: number;
  /** Messages per second that a client may send for long. */
  readonly messagesPerSecond: number;
  /** How often clients are pinged. Who has not answered by the next time is dead. */
  readonly pingInterval: number;
  /** How long a stream waits for its client to come back. */
  readonly keepStream: number;
  /** How many clients there may be at a time. */
  readonly maxClients: number;
}

const PAGES = [4301, 4302, 4303].flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

export const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 4300,
  origins: PAGES,
  marketRate: MAX_RATE,
  fleetRate: 200,
  maxPayloadBytes: 64 * 1024,
  burst: 1_500,
  messagesPerSecond: 200,
  pingInterval: 10_000,
  keepStream: 60_000,
  maxClients: 64,
};

/**
 * Reads PORT, HOST, MARKET_RATE, FLEET_RATE and ALLOWED_ORIGINS (comma-separated).
 *
 * @throws {RangeError} for a number that cannot be meant.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const number = (name: string, fallback: number, max: number) => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > max)
      throw new RangeError(`${name}=${text}: give a whole number from 0 to ${max}.`);
    return value;
  };
  return {
    ...DEFAULTS,
    host: env.HOST || DEFAULTS.host,
    port: number('PORT', DEFAULTS.port, 65_535),
    marketRate: number('MARKET_RATE', DEFAULTS.marketRate, MAX_RATE),
    fleetRate: number('FLEET_RATE', DEFAULTS.fleetRate, MAX_RATE),
    origins: env.ALLOWED_ORIGINS ? env.ALLOWED_ORIGINS.split(',').map((origin) => origin.trim()) : DEFAULTS.origins,
  };
}
