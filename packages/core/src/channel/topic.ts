import type { StandardSchemaV1 } from '@standard-schema/spec';
import { Emitter } from '../lib/emitter';
import { retain, type Retained } from '../lib/retention';
import { sameOrNext } from '../machine/snapshot';
import { validate } from '../wire/schema';
import { Member } from './member';
import type { TopicFact } from './parts';
import { channelSnapshotOf, IDLE_CHANNEL_SNAPSHOT, JOINED_SNAPSHOT } from './snapshot';
import { isAtRest } from './state';
import type { AnyChannel, AnyEvents, Channel, ChannelSnapshot } from './types';

/** A channel: a member, and who listens. */
export class Topic extends Member implements Channel<AnyEvents>, Retained {
  /** By event, since names from the wire look them up: who has one gets what it makes, whoever asked first. */
  schemas: Map<string, StandardSchemaV1> | undefined;
  holders = 0;
  cancel: (() => void) | undefined;
  /** By event; `null` is a change of the snapshot. */
  readonly #listeners = new Emitter<string | null, unknown>();
  #snapshot = IDLE_CHANNEL_SNAPSHOT;
  #holdsLine = false;

  // ---- what the public calls ----

  get presence(): Channel['presence'] {
    return this.getSnapshot().presence; // of whatever proxy a framework has put around it
  }

  readonly getSnapshot: AnyChannel['getSnapshot'] = this.#show.bind(this);
  readonly subscribe: AnyChannel['subscribe'] = this.#watch.bind(this);
  readonly on: AnyChannel['on'] = this.#listen.bind(this);
  readonly retain: AnyChannel['retain'] = this.#retain.bind(this);

  #show(): ChannelSnapshot {
    return this.#snapshot;
  }

  #retain(): () => void {
    this.#keep();
    const release = retain(this, this.hub.port.clock);
    this.dispatch({ type: 'join' });
    return release;
  }

  /** Who listens, wants it, or asks for its topic must find this very channel again. */
  #keep(): void {
    this.hub.channels.set(this.key, this);
  }

  // ---- who holds it ----

  held(): void {
    if (!this.#holdsLine) this.hub.holdLine();
    this.#holdsLine = true;
  }

  released(): void {
    this.dispatch({ type: 'leave' });
    this.#letGo();
  }

  #letGo(): void {
    if (!this.#holdsLine || !isAtRest(this.state) || this.holders) return;
    this.#holdsLine = false;
    this.hub.freeLine();
  }

  // ---- who listens ----

  deref(): this {
    return this;
  }

  get isNeeded(): boolean {
    return this.#listeners.size > 0 || !isAtRest(this.state);
  }

  #listen(event: string | null, listener: (detail: never) => void): () => void {
    this.#keep();
    return this.#listeners.on(event, listener as (detail: unknown) => void); // its kind goes with the event
  }

  #watch(listener: () => void): () => void {
    return this.#listen(null, listener);
  }

  protected heard({ event, payload }: TopicFact & { type: 'event' }): void {
    const listeners = this.#listeners;
    let checked = payload;
    try {
      const schema = this.schemas?.get(event);
      if (schema) checked = validate(schema, payload);
    } catch (error) {
      this.hub.port.refuse(payload, error);
      return listeners.emit('invalid', { event, payload, error });
    }
    if (event !== '*' && event !== 'invalid') listeners.emit(event, checked);
    listeners.emit('*', { event, payload: checked });
  }

  protected changed(): void {
    const seen = this.#snapshot;
    this.#snapshot = sameOrNext(seen, sameOrNext(JOINED_SNAPSHOT, channelSnapshotOf(this.state, this.who?.members)));
    if (this.#snapshot !== seen) this.#listeners.emit(null, undefined);
    this.#letGo();
  }
}
