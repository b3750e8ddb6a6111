import { expect, it } from 'vitest';
import { isLoopback, mayConnect, mayControl } from './access';

const origins = ['http://localhost:4301'];

it('lets known pages connect, and programs that are no browser', () => {
  expect(mayConnect('http://localhost:4301', origins)).toBe(true);
  expect(mayConnect(undefined, origins)).toBe(true);
  expect(mayConnect('https://evil.example', origins)).toBe(false);
  expect(mayConnect('null', origins)).toBe(false);
});

it('lets only a known page on this machine hurt the line', () => {
  const request = (origin: string | undefined, remoteAddress: string) => ({
    headers: origin ? { origin } : {},
    socket: { remoteAddress },
  });
  expect(mayControl(request('http://localhost:4301', '127.0.0.1'), origins)).toBe(true);
  expect(mayControl(request('http://localhost:4301', '192.168.1.7'), origins)).toBe(false);
  expect(mayControl(request('https://evil.example', '127.0.0.1'), origins)).toBe(false);
  expect(mayControl(request(undefined, '127.0.0.1'), origins)).toBe(false);
});

it('knows the addresses of this machine', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', undefined].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
