import { expect, test } from 'vitest';
import { expectAnswer, QUICK, routeToScript, untilHeard } from '../lab';
import type { Kind } from '../subject/subject';

/** Providers that fail before there is a socket, over this kind of it. */
export function describeProviders(kind: Kind): void {
  test('a provider that rejects, hangs, and returns what is no URL costs an attempt each time, and no socket', async () => {
    const { url, proxy } = await routeToScript();
    const subject = await kind.open({
      url: url(),
      excuses: ['rejects', 'hangs', 'lies', 'rejects'],
      connectTimeout: 500,
      reconnect: QUICK,
    });
    await subject.connect();
    await untilHeard(subject, 'connected');
    await expectAnswer(subject);
    expect(await subject.report()).toMatchObject({
      errors: ['provider-rejected', 'connect-timeout', 'invalid-option', 'provider-rejected'].map((code) => ({ code })),
      sockets: 1,
      live: 1,
    });
    expect(proxy.accepted).toBe(1);
  });
}
