import { InvalidOptionError } from '../errors';
import { textOf } from '../lib/textOf';

/** What a path stands on while rendering on a server, where nothing is opened. */
export const NOWHERE = 'ws://relative.invalid';

/**
 * An absolute ws(s) URL. Relative ones and http(s) are converted as the standard says, but a
 * fragment is refused: it never reaches a server, so it is a mistake.
 *
 * @param base What a path stands on, where there is no page. A word is none: there it is a URL without its `wss://`.
 * @throws {InvalidOptionError}
 * @see https://websockets.spec.whatwg.org/#dom-websocket-websocket
 */
export function toWebSocketUrl(url: string | URL, base?: string): string {
  let href = '';
  try {
    // A provider may return nothing, which would be a path by that name.
    const page = globalThis.location?.href ?? (/^\W/.test(url as string) ? base : undefined); // a URL is looked at as its text
    if (url) href = new URL(url, page).href.replace(/^http/, 'ws');
  } catch {
    // Refused below; this error would repeat the URL with all that is secret in it.
  }
  if (/^wss?:[^#]+$/.test(href)) return href;
  throw new InvalidOptionError(
    'url',
    // Where a password ends that is not encoded is anybody's guess.
    redactUrl(textOf(url).replace(/:.*@/, '://')),
    'a ws(s):// URL without #fragment, or a path on a page',
  );
}

/**
 * The subprotocols as a list.
 *
 * @throws {InvalidOptionError} for one that is no token of RFC 7230, or comes twice.
 */
export function toSubprotocols(protocols: string | readonly string[]): string[] {
  const list = [protocols].flat();
  // No value in the error: a subprotocol may be a token.
  if (list.every((name, at) => list.indexOf(name) === at && /^[!#-'*+.^`|~\w-]+$/.test(name))) return list;
  throw new InvalidOptionError('protocols', 'invalid', 'distinct names without spaces or commas');
}

/** The URL without what may be secret: query values, user and password. */
export function redactUrl(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//').replace(/=[^&#]*/g, '=…');
}
