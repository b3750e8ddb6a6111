import { expect, it, vi } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { agree, publish, said, tell } from '../../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { channel, keepLast, useChannel, useEvent, usePresence, type Connection } from '../src';
import { connect, online, providing } from './channelSetting';
import { component, installFakes, pass } from './setting';

installFakes();

const params = vi.fn(async () => ({ token: 'secret' }));

const Room = component(
  () => {
    const room = useChannel('room', { collect: keepLast(3), params });
    useEvent(room.channel, 'message', () => {});
    return { ...room, members: usePresence(room.channel) };
  },
  ({ status, data, presence, members }) =>
    `${status.value} ${data.value.length} ${presence.value.length} ${members.value.length}`,
);

function appOf<In, Out>(connection: Connection<In, Out>) {
  const app = createSSRApp(Room);
  providing(connection)(app);
  return app;
}

/** Mounts over what the server rendered. */
function hydrate(html: string, connection: Parameters<typeof appOf>[0]) {
  const element = document.body.appendChild(document.createElement('div'));
  element.innerHTML = html;
  const app = appOf(connection);
  app.mount(element);
  return { element, app };
}

it('a server renders idle, joins nothing, and calls no function that makes params', async () => {
  params.mockClear();
  expect(await renderToString(appOf(connect()))).toBe('<p>idle 0 0 0</p>');
  expect(FakeWebSocket.all).toHaveLength(0);
  expect(params).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('a page hydrates what the server rendered, then joins once', async () => {
  const connection = connect();
  const { element, app } = hydrate(await renderToString(appOf(connection)), connection as never);
  await online();
  publish('room', 'message', 1);
  tell({ type: 'presence', topic: 'room', state: [{ id: 'ann', ref: '1' }] });
  await pass();
  expect(element.textContent).toBe('joined 1 1 1');
  expect(said()).toEqual(['subscribe room']);
  expect(console.warn).not.toHaveBeenCalled();
  app.unmount();
});

it('a page hydrates without a mismatch beside a channel that is joined already', async () => {
  const connection = connect();
  const release = channel(connection, 'room', { params }).retain();
  await online();
  tell({ type: 'presence', topic: 'room', state: [{ id: 'ann', ref: '1' }] });
  const html = await renderToString(appOf(connection));
  expect(html).toBe('<p>idle 0 0 0</p>');
  const { element, app } = hydrate(html, connection as never);
  await pass();
  expect(element.textContent).toBe('joined 0 1 1');
  expect(console.warn).not.toHaveBeenCalled();
  release();
  app.unmount();
  await pass();
  agree();
});
