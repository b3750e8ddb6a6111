import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULTS } from '../../examples/server/src/config';
import { createExampleServer } from '../../examples/server/src/server';
import { connectRaw } from '../../packages/server/test/rawClient';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

const MARKUP = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '{{ constructor.constructor("alert(1)")() }}',
  '</script><script>alert(1)//',
  'javascript:alert(1)',
  '&lt;b&gt;',
];

it('markup in the chat is text: it arrives as it was written, in names and in messages', async () => {
  const server = createExampleServer({ ...DEFAULTS, port: 0 });
  await server.listen();
  onTestFinished(() => server.close());
  const url = `ws://127.0.0.1:${server.port()}/chat`;
  const topic = 'room:general';
  const ann = await connectRaw(url);
  await ann.ask({ type: 'connect', id: 1, payload: { token: 'Ann' } });
  await ann.ask({ type: 'subscribe', id: 2, topic });

  for (const [at, text] of MARKUP.entries()) {
    const name = text.slice(0, 32).trim();
    const eve = await connectRaw(url);
    expect(await eve.ask({ type: 'connect', id: 1, payload: { token: name } })).toMatchObject({ type: 'ack' });
    await eve.ask({ type: 'subscribe', id: 2, topic });
    await eve.ask({ type: 'publish', id: 3, topic, event: 'post', payload: { id: `m${at}`, text } });
    const heard = ann.frames.filter(({ event }) => event === 'message');
    expect(heard.at(-1)).toMatchObject({ payload: { name, text } });
    eve.socket.close();
  }
});

it('the dashboards hand text to their frameworks as text, never as markup', () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|vue|html)$/.test(file) && !/node_modules|dist/.test(file),
  );
  expect(files.length).toBeGreaterThan(50);
  const risky =
    /dangerouslySetInnerHTML|v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/;
  for (const file of files) expect(readFileSync(join(EXAMPLES, file), 'utf8'), file).not.toMatch(risky);
});
