import { createConnection, type Connection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { StrictMode, type ComponentType, type PropsWithChildren } from 'react';
import { agree } from '../../../test/support/fakeEnvelope';
import { ConnectionProvider } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { passAsync } from './setting';

/** A connection that speaks envelope. */
export const connect = (url = 'ws://a.test/') => createConnection(url, { channels: envelope({ heartbeat: false }) });

/** The wrapper that provides a connection. */
export function providing<In, Out>(
  connection: Connection<In, Out>,
  isStrict = false,
): ComponentType<PropsWithChildren> {
  return function Provided({ children }) {
    const provided = <ConnectionProvider connection={connection}>{children}</ConnectionProvider>;
    return isStrict ? <StrictMode>{provided}</StrictMode> : provided;
  };
}

/** The server accepts the newest socket, hears what is asked, and agrees. */
export async function online(): Promise<void> {
  FakeWebSocket.last.accept();
  await passAsync();
  agree();
  await passAsync();
}

/** The line is lost, and comes back. */
export async function drop(): Promise<void> {
  FakeWebSocket.last.lose();
  await passAsync(1_000);
  FakeWebSocket.last.accept();
  await passAsync();
}
