import type { IncomingMessage } from 'node:http';

/**
 * Whether this page may open a WebSocket. A browser always says where the page is from and does not
 * let the page lie; who says nothing is no browser, and has no user's cookies to abuse.
 */
export function mayConnect(origin: string | undefined, origins: readonly string[]): boolean {
  return origin === undefined || origins.includes(origin);
}

/** Whether this request may hurt the line: only a known page, only from this machine. */
export function mayControl(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  origins: readonly string[],
): boolean {
  return headers.origin !== undefined && origins.includes(headers.origin) && isLoopback(socket.remoteAddress);
}

export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
