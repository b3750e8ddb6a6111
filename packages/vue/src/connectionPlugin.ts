import { createPool, type Connection } from '@tautline/core';
import type { App } from 'vue';
import { CONNECTION, POOL } from './injection';

/**
 * `app.use(connectionPlugin)` gives the app a pool of its own: it shares no connection with other
 * apps on the page. `app.use(connectionPlugin, connection)` also provides a connection to all its
 * components, and asks for the line from `mount` to `unmount`, so not on a server.
 */
export const connectionPlugin = {
  install<In, Out>(app: App, connection?: Connection<In, Out>): void {
    app.provide(POOL, createPool());
    if (!connection) return;
    app.provide(CONNECTION, connection as unknown as Connection<never, never>); // `useConnection` gives it its types again

    const { mount, unmount } = app;
    let release = () => {};
    app.mount = (...args) => {
      release = connection.retain();
      return mount(...args);
    };
    app.unmount = () => {
      unmount();
      release();
    };
  },
};
