import { channel, type AnyChannel, type ChannelSnapshot, type ChannelStatus } from '@tautline/core';
import type { Client } from './client';
import type { Send } from './ledger';

/** Less than the server's hooks take at times, in milliseconds. */
const JOIN_TIMEOUT = 1_500;

/** A client's channel of one topic, and what has become of everything in it. */
export class Room {
  readonly topic: string;
  readonly channel: AnyChannel;
  readonly sends = new Set<Send>();
  readonly releases: (() => void)[] = [];
  /** `leave()` was called since it was last asked for. */
  wasLeft = false;
  /** The server has ended it for good since it was last asked for. */
  wasEnded = false;
  readonly #client: Client;
  #shown: ChannelSnapshot;
  /** How many of all publications are behind it: heard, or in a gap that was told. */
  #next = 0;
  /** Whether publications up to this one may be skipped, since the server said so. */
  #gapUntil = -1;

  constructor(client: Client, topic: string) {
    this.topic = topic;
    this.#client = client;
    this.channel = channel(client.connection, topic, { joinTimeout: JOIN_TIMEOUT });
    this.#shown = this.channel.getSnapshot();
    this.channel.subscribe(() => this.#changed());
    this.channel.on('*', ({ payload }) => this.#hear((payload as { number: number }).number)); // all are published by us
  }

  get status(): ChannelStatus {
    return this.#shown.status;
  }

  get publications() {
    return this.#client.world.ledger.publicationsIn(this.topic);
  }

  /** It has heard everything, or was told what not. */
  get isUpToDate(): boolean {
    return this.#next === this.publications.count;
  }

  retain(): void {
    const isAsked = this.status !== 'idle' && this.status !== 'left' && this.status !== 'failed';
    this.releases.push(this.channel.retain());
    this.wasLeft = false;
    if (!isAsked) this.wasEnded = false; // else the news of an end may be on its way
  }

  leave(): void {
    this.wasLeft = true;
    this.channel.leave();
  }

  send(timeout: number): void {
    const { ledger } = this.#client.world;
    const send: Send = {
      number: ledger.nextNumber(),
      topic: this.topic,
      outcome: 'pending',
      given: 0,
      published: 0,
      reason: '',
    };
    ledger.sends.set(send.number, send);
    this.sends.add(send);
    const controller = new AbortController();
    this.channel.send('said', { number: send.number }, { timeout, signal: controller.signal }).then(
      () => this.#settled(send, 'resolved'),
      (error: unknown) => this.#settled(send, 'rejected', error),
    );
    if (this.#client.world.chance.is(0.05)) controller.abort();
  }

  /** What must be true whatever has happened. */
  check(): void {
    if (this.channel.getSnapshot() !== this.#shown) this.#problem('has another snapshot than it told');
    const { status, error, presence } = this.#shown;
    if (status === 'joined' && error) this.#problem('is joined and has an error');
    if (status === 'failed' && !error) this.#problem('failed without an error');
    if ((status === 'idle' || status === 'left') && presence.length) this.#problem('sees somebody from outside');
  }

  #changed(): void {
    const before = this.#shown;
    this.#shown = this.channel.getSnapshot();
    if (this.#shown === before) this.#problem('told of a change that was none');
    const { status, recovered, error } = this.#shown;
    if (status === before.status && error === before.error) return;
    const said = recovered === null ? '' : `, recovered: ${String(recovered)}`;
    this.#client.note(`${this.topic} is ${status}${said}${error ? `, for ${error.code}` : ''}`);
    if (status === 'joined' && before.status !== status && recovered !== true) this.#gapUntil = this.publications.count;
  }

  #hear(number: number): void {
    this.#client.note(`${this.topic} hears ${number}`);
    const place = this.publications.placeOf(number);
    if (this.status !== 'joined') this.#problem(`heard ${number} while ${this.status}`);
    if (place < 0) this.#problem(`heard ${number}, which was never published there`);
    if (place < this.#next) this.#problem(`heard ${number} twice, or too late`);
    if (place > Math.max(this.#next, this.#gapUntil)) this.#problem(`missed what came before ${number}`);
    this.#next = place + 1;
    this.#gapUntil = -1;
  }

  #settled(send: Send, outcome: 'resolved' | 'rejected', error?: unknown): void {
    const { code, name } = Object(error) as { code?: string | number; name?: string }; // whatever it is
    if (send.outcome !== 'pending') this.#problem(`settled ${send.number} twice`);
    send.outcome = outcome;
    send.reason = outcome === 'resolved' ? '' : String(typeof code === 'string' ? code : name);
    this.sends.delete(send);
    this.#client.note(`${this.topic} ${outcome} ${send.number} ${send.reason}`);
    if (outcome === 'resolved' && !send.published) this.#problem(`resolved ${send.number}, which was not published`);
    if (send.reason === 'send-refused' && send.published) this.#problem(`refused ${send.number}, and published it`);
    if (send.reason === 'connection-closed' && !send.given) this.#problem(`lost ${send.number}, which was never sent`);
  }

  #problem(what: string): void {
    this.#client.problem(`${this.topic} ${what}`);
  }
}
