// @vitest-environment jsdom

import * as reactQuery from '@tanstack/react-query';
import * as vueQuery from '@tanstack/vue-query';
import { createConnection, type Connection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { ConnectionProvider } from '@tautline/react';
import { connectionPlugin } from '@tautline/vue';
import * as reactLibrary from '@testing-library/react';
import * as vueLibrary from '@testing-library/vue';
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, publish } from '../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../test/support/fakeWebSocket';
import { Orders } from '../examples/Orders';
import VueOrders from '../examples/Orders.vue';

const { act, screen } = reactLibrary;
const pass = (duration = 20) => act(() => vi.advanceTimersByTimeAsync(duration));

/** What the server has. */
let stored: { id: string; text: string }[] = [];
const fetchStored = vi.fn(() => Promise.resolve(Response.json(stored)));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  vi.stubGlobal('fetch', fetchStored);
  FakeWebSocket.all = [];
  FakeWebSocket.around = (happening) => act(happening);
  stored = [{ id: '1', text: 'tea' }];
  fetchStored.mockClear();
});

afterEach(async () => {
  reactLibrary.cleanup();
  vueLibrary.cleanup();
  await pass(3_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function renderReact<In, Out>(connection: Connection<In, Out>): void {
  const client = new reactQuery.QueryClient();
  const orders = createElement(reactQuery.QueryClientProvider, { client }, createElement(Orders));
  reactLibrary.render(createElement(ConnectionProvider<In, Out>, { connection }, orders));
}

function renderVue<In, Out>(connection: Connection<In, Out>): void {
  const queryClient = new vueQuery.QueryClient();
  const plugins = [
    [vueQuery.VueQueryPlugin, { queryClient }],
    [connectionPlugin, connection],
  ];
  vueLibrary.render(VueOrders, { global: { plugins } } as Parameters<typeof vueLibrary.render>[1]); // its types know no pairs
}

describe.each([
  ['React', renderReact],
  ['Vue', renderVue],
])('the recipe for TanStack Query in %s', (_framework, render) => {
  /** The orders are fetched, the channel is joined, and the line is lost and back. */
  async function setUp(): Promise<void> {
    render(createConnection('ws://orders.test/', { channels: envelope({ heartbeat: false }) }));
    FakeWebSocket.last.accept();
    await pass();
    agree();
    await pass();
  }
  async function drop(reply: { recovered: boolean }): Promise<void> {
    FakeWebSocket.last.lose();
    await pass(1_000);
    FakeWebSocket.last.accept();
    await pass();
    agree(reply);
    await pass();
  }
  const shown = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);

  it('fetches once, and adds what the channel tells', async () => {
    await setUp();
    expect(shown()).toEqual(['tea']);
    publish('orders', 'placed', { id: '2', text: 'cake' });
    await pass();
    expect(shown()).toEqual(['tea', 'cake']);
    expect(fetchStored).toHaveBeenCalledTimes(1);
  });

  it('fetches nothing after a gap when the server makes up for it', async () => {
    await setUp();
    await drop({ recovered: true });
    publish('orders', 'placed', { id: '2', text: 'cake' });
    await pass();
    expect(shown()).toEqual(['tea', 'cake']);
    expect(fetchStored).toHaveBeenCalledTimes(1);
  });

  it('fetches again after a gap in which something may have been missed', async () => {
    await setUp();
    stored = [...stored, { id: '2', text: 'cake' }];
    await drop({ recovered: false });
    expect(shown()).toEqual(['tea', 'cake']);
    expect(fetchStored).toHaveBeenCalledTimes(2);
  });
});
