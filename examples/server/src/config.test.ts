import { expect, it } from 'vitest';
import { DEFAULTS, readConfig } from './config';
import { explain } from './explain';

it('has defaults for everything', () => {
  expect(readConfig({})).toEqual(DEFAULTS);
});

it('reads the environment', () => {
  expect(
    readConfig({ PORT: '0', MARKET_RATE: '10000', ALLOWED_ORIGINS: 'http://a.test, http://b.test' }),
  ).toMatchObject({
    port: 0,
    marketRate: 10_000,
    origins: ['http://a.test', 'http://b.test'],
  });
});

it.each([{ PORT: 'x' }, { PORT: '70000' }, { MARKET_RATE: '10001' }, { FLEET_RATE: '-1' }])('refuses %o', (env) => {
  expect(() => readConfig(env)).toThrow(RangeError);
});

it('says what to do when the port is taken', () => {
  expect(explain(Object.assign(new Error(), { code: 'EADDRINUSE', port: 4300 }))).toBe(
    'Port 4300 is taken: is the example server running already? Stop it, or choose another port, for instance PORT=4400.',
  );
});
