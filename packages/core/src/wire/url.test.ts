import { describe, expect, test, vi } from 'vitest';
import { redactUrl, toSubprotocols, toWebSocketUrl } from './url';

describe('an address', () => {
  test.each([
    ['wss://a.test/http?y=https', 'wss://a.test/http?y=https'],
    ['http://a.test/http', 'ws://a.test/http'],
    ['https://a.test:8443', 'wss://a.test:8443/'],
  ])('%s opens %s', (given, opened) => {
    expect(toWebSocketUrl(given)).toBe(opened);
    expect(toWebSocketUrl(new URL(given))).toBe(opened);
  });

  test('that is a path stands on the page, or on what is given where there is none', () => {
    expect(toWebSocketUrl('/line', 'ws://elsewhere.test')).toBe('ws://elsewhere.test/line');
    vi.stubGlobal('location', { href: 'https://page.test/app/' });
    expect(toWebSocketUrl('line', 'ws://elsewhere.test')).toBe('wss://page.test/app/line');
    vi.unstubAllGlobals();
  });

  test.each(['', 'a.test', 'ftp://a.test', 'data:text/plain,ws://a.test', 'wss://a.test/#part', 'wss://a.test/#'])(
    '%o is a mistake',
    (given) => {
      expect(() => toWebSocketUrl(given)).toThrow(expect.objectContaining({ option: 'url' }));
    },
  );

  test('that a provider did not return is a mistake, not a path called "undefined"', () => {
    vi.stubGlobal('location', { href: 'https://page.test/' });
    expect(() => toWebSocketUrl(undefined as unknown as string)).toThrow(expect.objectContaining({ option: 'url' })); // untyped callers
    vi.unstubAllGlobals();
  });

  test('that is refused is named in the error without what is secret in it', () => {
    const refused = 'http://ann:hunter2@a.test:port/x?token=s3cret&room=4#part';
    expect(() => toWebSocketUrl(refused)).toThrow('http://a.test:port/x?token=…&room=…#part');
  });

  test.each([
    ['http://ann:hun/ter2@a.test/x', 'is http://a.test/x;'],
    ['wss:ann:hunter2@a.test/#part', 'is wss://a.test/#part;'],
    ['wss://ann:hunt?er2@a.test/x', 'is wss://a.test/x;'],
    ['wss://ann:hunt@er2@a.test:port', 'is wss://a.test:port;'],
  ])('that is refused for a password that is not encoded (%s) does not tell it either', (refused, told) => {
    expect(() => toWebSocketUrl(refused)).toThrow(told);
  });
});

describe('a redacted address', () => {
  test.each([
    ['wss://a.test/x', 'wss://a.test/x'],
    ['wss://a.test/x?token=s3cret', 'wss://a.test/x?token=…'],
    ['wss://a.test/x?token=s3cret&v=1&empty=#part', 'wss://a.test/x?token=…&v=…&empty=…#part'],
    ['wss://ann:hunter2@a.test/x', 'wss://a.test/x'],
    ['wss://a.test/@ann', 'wss://a.test/@ann'],
  ])('of %s is %s', (given, shown) => {
    expect(redactUrl(given)).toBe(shown);
  });
});

describe('subprotocols', () => {
  test.each([
    ['v1', ['v1']],
    [
      ['v2', 'v1'],
      ['v2', 'v1'],
    ],
    [[], []],
    ["!#$%&'*+-.^_`|~09azAZ", ["!#$%&'*+-.^_`|~09azAZ"]],
  ])('%o are offered as %o', (given, offered) => {
    expect(toSubprotocols(given)).toEqual(offered);
  });

  test.each(['', 'a b', 'a,b', ' a', 'a ', 'a"', 'a(', 'a/b', 'a:b', 'a@b', 'a{', 'é', 'a\n'])(
    '%o is no token',
    (name) => {
      expect(() => toSubprotocols(name)).toThrow(expect.objectContaining({ option: 'protocols' }));
      expect(() => toSubprotocols(['fine', name])).toThrow(expect.objectContaining({ option: 'protocols' }));
    },
  );

  test('that come twice are a mistake', () => {
    expect(() => toSubprotocols(['v1', 'v1'])).toThrow(expect.objectContaining({ option: 'protocols' }));
  });
});
