import type { Client } from './client';
import type { Config } from './config';

/** Subprotocols that the echo endpoint speaks; they differ in nothing but the name. */
const SUBPROTOCOLS = ['echo.v2', 'echo.v1'];

/**
 * Sends back what it gets, text as text and binary as binary. Three things it does not send back:
 *
 *   the text `ping`                                   is answered with `pong`
 *   `{ "type": "close", "code": 4001, "reason": "" }` closes with that code; 1006 cuts the line
 *   `/echo?close=4001&reason=...`                     closes at once
 */
export function serveEcho(client: Client, url: URL, config: Config): void {
  const wanted = url.searchParams.get('close');
  if (wanted !== null) return closeWith(client, { code: Number(wanted), reason: url.searchParams.get('reason') ?? '' });

  client.onMessage(config, (data, isBinary) => {
    if (isBinary) return client.send(data, true);
    const text = data.toString();
    if (text === 'ping') return client.send('pong');
    const order = parseClose(text);
    if (order) closeWith(client, order);
    else client.send(text);
  });
}

interface CloseOrder {
  readonly code: number;
  readonly reason: string;
}

function parseClose(text: string): CloseOrder | null {
  if (!text.startsWith('{')) return null;
  try {
    const { type, code, reason } = JSON.parse(text) as Record<string, unknown>; // fields checked here
    return type === 'close' && typeof code === 'number'
      ? { code, reason: typeof reason === 'string' ? reason : '' }
      : null;
  } catch {
    return null;
  }
}

function closeWith(client: Client, { code, reason }: CloseOrder): void {
  if (code === 1006) return client.ws.terminate();
  try {
    client.ws.close(code, reason);
  } catch (error) {
    client.send(error instanceof Error ? error.message : String(error)); // RFC 6455 reserves the code, or the reason is too long
  }
}

/** The first subprotocol of the client's list that we speak. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return [...offered].find((name) => SUBPROTOCOLS.includes(name)) ?? false;
}
