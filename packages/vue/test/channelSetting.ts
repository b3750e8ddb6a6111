import { createConnection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import type { App } from 'vue';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { agree } from '../../../test/support/fakeEnvelope';
import { connectionPlugin, type Connection } from '../src';
import { pass } from './setting';

/** A connection that speaks envelope. */
export const connect = (url = 'ws://a.test/') => createConnection(url, { channels: envelope({ heartbeat: false }) });

/** What prepares an app in which a connection is provided. */
export const providing =
  <In, Out>(connection: Connection<In, Out>) =>
  (app: App): void =>
    void app.use(connectionPlugin, connection);

/** The server accepts the newest socket, hears what is asked, and agrees. */
export async function online(): Promise<void> {
  FakeWebSocket.last.accept();
  await pass();
  agree();
  await pass();
}

/** The line is lost, and comes back. */
export async function drop(): Promise<void> {
  FakeWebSocket.last.lose();
  await pass(1_000);
  FakeWebSocket.last.accept();
  await pass();
}
