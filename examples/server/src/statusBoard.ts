import { cpus } from 'node:os';
import type { ServerStatus } from '@tautline-examples/shared';
import type { Client } from './client';
import { busyShare } from './machine';

const INTERVAL = 1_000;

/** Tells who watches how the server is. Faults spare it: a gauge that hangs on what it measures shows nothing. */
export class StatusBoard {
  readonly watchers = new Set<Client>();
  #cpus = cpus();
  #cpu = 0;
  #toldAt = 0;

  constructor(private readonly read: () => Omit<ServerStatus, 'type' | 'cpu' | 'processBytes'>) {}

  watch(client: Client): void {
    this.watchers.add(client);
    client.ws.once('close', () => this.watchers.delete(client));
    client.ws.once('message', () => client.ws.close(4400, 'this line only tells'));
    client.send(this.#message());
  }

  /** Once a second, however often it is called. */
  advance(now: number): void {
    if (now - this.#toldAt < INTERVAL) return;
    this.#toldAt = now;
    const before = this.#cpus;
    this.#cpus = cpus();
    this.#cpu = busyShare(before, this.#cpus);
    const message = this.#message();
    for (const watcher of this.watchers) watcher.send(message);
  }

  #message(): string {
    const status: ServerStatus = {
      type: 'status',
      ...this.read(),
      cpu: this.#cpu,
      processBytes: process.memoryUsage.rss(),
    };
    return JSON.stringify(status);
  }
}
