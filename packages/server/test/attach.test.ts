import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import fastify from 'fastify';
import { createServer as createViteServer } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createChannelServer, type ChannelServerOptions } from '../src';
import { connectRaw } from './rawClient';

const path = '/live';
const portOf = (server: Server): number => (server.address() as AddressInfo).port; // of a TCP server

function attach(server: NonNullable<ChannelServerOptions['server']>) {
  const channels = createChannelServer({ server, path });
  onTestFinished(() => channels.close({ timeout: 0 }));
  return channels;
}

/** Whether the channel server answers at its path. */
async function answers(port: number): Promise<boolean> {
  const client = await connectRaw(`ws://127.0.0.1:${port}${path}?some=query`);
  const reply = await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
  return reply['type'] === 'ack';
}

/** How a server refuses an upgrade. */
const statusOf = (url: string, options = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('unexpected-response', (request, { statusCode }) => {
      resolve(statusCode);
      request.destroy();
    });
    socket.on('open', () => reject(new Error(`${url} was accepted.`)));
    socket.on('error', () => {}); // of the request that was destroyed
  });

describe('it lives beside', () => {
  it('Express', async () => {
    const app = express();
    app.get('/hello', (_request, response) => void response.send('hello'));
    const http = app.listen(0, '127.0.0.1');
    onTestFinished(() => void http.close());
    const port = await attach(http).whenListening();
    expect(await answers(port)).toBe(true);
    expect(await (await fetch(`http://127.0.0.1:${port}/hello`)).text()).toBe('hello');
  });

  it('Fastify', async () => {
    const app = fastify();
    app.get('/hello', async () => 'hello');
    onTestFinished(() => app.close());
    attach(app.server);
    await app.listen({ port: 0, host: '127.0.0.1' });
    expect(await answers(portOf(app.server))).toBe(true);
    expect(await (await fetch(`http://127.0.0.1:${portOf(app.server)}/hello`)).text()).toBe('hello');
  });

  it("Vite's development server, whose hot reload uses a WebSocket of its own", async () => {
    const vite = await createViteServer({
      configFile: false,
      root: join(import.meta.dirname, 'fixtures'),
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1' },
      optimizeDeps: { noDiscovery: true },
    });
    onTestFinished(() => vite.close());
    const http = vite.httpServer;
    if (!http) throw new Error('Vite has no HTTP server.');
    attach(http);
    await vite.listen();
    const { port } = http.address() as AddressInfo; // of a TCP server
    expect(await answers(port)).toBe(true);

    const { webSocketToken } = vite.config;
    const hot = await connectRaw(`ws://127.0.0.1:${port}/?token=${webSocketToken}`, 'vite-hmr');
    expect(await hot.until({ type: 'connected' })).toEqual({ type: 'connected' });
    vite.ws.send('custom:event', { still: 'alive' });
    expect(await hot.until({ type: 'custom' })).toMatchObject({ event: 'custom:event' });
  });

  it('another WebSocket server, and leaves it alone when it closes', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void http.close());
    const channels = attach(http);
    const port = await channels.whenListening();
    expect(await statusOf(`ws://127.0.0.1:${port}/other`)).toBe(404);

    const other = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, socket, head) => {
      if (request.url === '/other') other.handleUpgrade(request, socket, head, (each) => each.send('"hello"'));
    });
    const greet = async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/other`);
      const [data] = await once(socket, 'message');
      socket.terminate();
      return String(data);
    };
    expect(await greet()).toBe('"hello"');
    expect(await answers(port)).toBe(true);
    await channels.close();
    expect(await greet()).toBe('"hello"');
  });
});

describe('on a port of its own, it', () => {
  it('says what it is to who does not come with a WebSocket', async () => {
    const server = createChannelServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => server.close());
    const port = await server.whenListening();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426);
    expect(await statusOf(`ws://127.0.0.1:${port}/`)).toBe(404);
  });

  it('says so when the port is taken', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void http.close());
    await once(http, 'listening');
    const server = createChannelServer({ port: portOf(http), host: '127.0.0.1' });
    await expect(server.whenListening()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });
});

describe('pages', () => {
  const statusFor = async (origin: string, options: Partial<ChannelServerOptions> = {}) => {
    const { port: _, ...rest } = options;
    const server = createChannelServer({ port: 0, host: '127.0.0.1', ...rest });
    onTestFinished(() => server.close({ timeout: 0 }));
    const url = `ws://127.0.0.1:${await server.whenListening()}/connection/websocket`;
    const own = origin.replace('OWN', new URL(url).host);
    return statusOf(url, { origin: own }).catch(() => 101);
  };

  it('of the same host may connect, others may not', async () => {
    expect(await statusFor('http://OWN')).toBe(101);
    expect(await statusFor('https://OWN')).toBe(101);
    for (const origin of ['http://evil.test', 'null', 'nonsense', 'http://OWN.evil.test']) {
      expect(await statusFor(origin), origin).toBe(403);
    }
  });

  it('of the origins that are listed may connect, or those that a function allows, or all', async () => {
    const origins = ['https://app.test'];
    expect(await statusFor('https://app.test', { origins })).toBe(101);
    expect(await statusFor('http://app.test', { origins })).toBe(403);
    expect(await statusFor('http://OWN', { origins })).toBe(403);
    const ofApp = (origin: string) => origin.endsWith('.app.test');
    expect(await statusFor('https://eu.app.test', { origins: ofApp })).toBe(101);
    expect(await statusFor('https://app.test', { origins: ofApp })).toBe(403);
    expect(await statusFor('http://evil.test', { origins: '*' })).toBe(101);
  });
});
