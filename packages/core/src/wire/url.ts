import { InvalidOptionError } from '../errors';

/**
 * An absolute ws(s) URL. Relative ones and http(s) are converted as the standard says, but a
 * fragment is refused: it never reaches a server, so it is a mistake.
 *
 * @param base What relative URLs stand on: the page's address; undefined where there is none.
 * @throws {InvalidOptionError}
 * @see https://websockets.spec.whatwg.org/#dom-websocket-websocket
 */
export function toWebSocketUrl(url: string | URL, base: string | undefined): string {
  let href: string;
  try {
    href = new URL(url, base).href.replace(/^http/, 'ws');
  } catch (error) {
    throw new InvalidOptionError('url', String(url), 'an absolute ws:// or wss:// URL, or a path where there is a page to stand on', error);
  }
  if (!/^wss?:[^#]*$/.test(href)) {
    throw new InvalidOptionError('url', redactUrl(href), 'a ws:// or wss:// URL without a #fragment');
  }
  return href;
}

/**
 * The subprotocols as a list.
 *
 * @throws {InvalidOptionError} for one that is no token of RFC 7230, or comes twice.
 */
export function toSubprotocols(protocols: string | readonly string[] = []): string[] {
  const list = typeof protocols === 'string' ? [protocols] : [...protocols];
  if (list.some((name, index) => !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || list.indexOf(name) < index)) {
    throw new InvalidOptionError('protocols', '(redacted)', 'subprotocols of letters, digits and !#$%&\'*+-.^_`|~, each once');
  }
  return list;
}

/** The URL without what may be secret: query values, user and password. */
export function redactUrl(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//').replace(/=[^&#]*/g, '=…');
}
