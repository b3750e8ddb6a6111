import { InvalidOptionError } from '../errors';

/**
 * Runs a check of ours, and throws what the standard throws where it fails.
 *
 * @throws {DOMException} `InvalidAccessError` for a close code, `SyntaxError` for anything else.
 * @see https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export function checkAsStandard(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    throw new DOMException(error.message, error.option === 'code' ? 'InvalidAccessError' : 'SyntaxError');
  }
}
