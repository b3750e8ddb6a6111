import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { resolveChromium } from '../../scripts/chromium.mjs';
import { freePort } from '../support/freePort';
import { startScriptedServer } from '../support/scriptedServer';
import { startTcpProxy, type ProxyPath } from '../support/tcpProxy';
import { startChannelServer } from './channelServer';

declare module 'vitest' {
  interface ProvidedContext {
    /** A WebSocket server that sends back whatever it receives, text as text and binary as binary; see `test/support/script.ts`. */
    echoUrl: string;
    /** The same behind a proxy that fails on request. */
    proxiedUrl: string;
    /** A server of channels behind a proxy that fails on request. */
    channelsUrl: string;
    /** An address where nobody listens. */
    deadUrl: string;
    /** Takes the requests to it: `POST /freeze?id=`; and tells what the server saw: `GET /seen?id=`. */
    controlUrl: string;
  }
}

/** What a page may do to the paths whose URL names its id. */
const HARM: Record<string, (path: ProxyPath, query: URLSearchParams) => void> = {
  '/freeze': (path, query) => path.freeze(wayOf(query)),
  '/resume': (path, query) => path.resume(wayOf(query)),
  '/delay': (path, query) => path.delay(Number(query.get('ms')), wayOf(query)),
  '/half-close': (path, query) => path.halfClose(wayOf(query) ?? 'down'),
  '/cut': (path) => path.cut(),
};

const wayOf = (query: URLSearchParams) => {
  const way = query.get('way');
  return way === 'up' || way === 'down' ? way : undefined;
};

const idOf = (path: ProxyPath) => /[?&]id=([^& ]*)/.exec(path.request)?.[1];

/** The servers that pages under test talk to, on ports of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  resolveChromium(); // says what to install where there is none

  const server = await startScriptedServer();
  const proxy = await startTcpProxy(server);
  const channels = await startChannelServer();
  const channelProxy = await startTcpProxy(channels);
  const refused = new Set<string | undefined>();
  proxy.onPath((path) => refused.has(idOf(path)) && path.cut());

  const control = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const id = searchParams.get('id') ?? '';
    const harm = HARM[pathname];
    const paths = [...proxy.paths, ...channelProxy.paths].filter((path) => idOf(path) === id);
    if (harm) paths.forEach((path) => harm(path, searchParams));
    else if (pathname === '/refuse') refused.add(id);
    else if (pathname === '/accept') refused.delete(id);
    else if (pathname !== '/seen') response.statusCode = 404;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(JSON.stringify(server.seen(id)));
  }).listen(0, '127.0.0.1');
  await once(control, 'listening');

  project.provide('echoUrl', `ws://127.0.0.1:${server.port}`);
  project.provide('proxiedUrl', `ws://127.0.0.1:${proxy.port}`);
  project.provide('channelsUrl', `ws://127.0.0.1:${channelProxy.port}${channels.path}`);
  project.provide('deadUrl', `ws://127.0.0.1:${await freePort()}`);
  project.provide('controlUrl', `http://127.0.0.1:${(control.address() as AddressInfo).port}`); // a string only for pipes

  return async () => {
    control.closeAllConnections();
    await new Promise((resolve) => control.close(resolve));
    await proxy[Symbol.asyncDispose]();
    await channelProxy[Symbol.asyncDispose]();
    await channels[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  };
}
