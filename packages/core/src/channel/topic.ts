import type { StandardSchemaV1 } from '@standard-schema/spec';
import { Emitter } from '../lib/emitter';
import { retain, type Retained } from '../lib/retention';
import { sameOrNext } from '../machine/snapshot';
import { validate } from '../wire/schema';
import { Member } from './member';
import type { Hub, MemberOwner, TopicFact } from './parts';
import { channelSnapshotOf, IDLE_CHANNEL_SNAPSHOT } from './snapshot';
import { isAtRest, type MachineOptions } from './state';
import type { AnyChannel, AnyEvents, Channel } from './types';

/** What makes a channel another one than others, and the key by which it is found. */
interface Identity {
  readonly key: string;
  readonly topic: string;
  readonly params: unknown;
}

/** A channel: a member, and who listens. What the public calls are functions that need no `this`; the rest are methods. */
export class Topic implements Channel<AnyEvents>, MemberOwner, Retained {
  readonly topic: string;
  readonly wireTopic: string;
  readonly params: unknown;
  readonly options: MachineOptions;
  /** By event, since names from the wire look them up: who has one gets what it makes, whoever asked first. */
  schemas: Map<string, StandardSchemaV1> | undefined;
  holders = 0;
  cancel: (() => void) | undefined;
  readonly #hub: Hub;
  readonly #key: string;
  readonly #member: Member;
  /** By event; `null` is a change of the snapshot. */
  readonly #listeners = new Emitter<string | null, unknown>();
  #snapshot = IDLE_CHANNEL_SNAPSHOT;
  #holdsLine = false;

  constructor(hub: Hub, { key, topic, params }: Identity, options: MachineOptions) {
    this.#key = key;
    this.topic = topic;
    this.wireTopic = hub.port.protocol.wireTopic?.(topic, params) ?? topic;
    this.params = params;
    this.options = options;
    this.#hub = hub;
    this.#member = new Member(hub, this);
  }

  // ---- what the public calls ----

  get presence(): Channel['presence'] {
    return this.getSnapshot().presence; // of whatever proxy a framework has put around it
  }

  readonly getSnapshot: AnyChannel['getSnapshot'] = () => this.#snapshot;

  readonly subscribe: AnyChannel['subscribe'] = (listener) => this.#listen(null, listener);

  readonly on: AnyChannel['on'] = (event: string, listener: (detail: never) => void) => this.#listen(event, listener);

  readonly send: AnyChannel['send'] = (event, payload, options) => this.#member.send(event, payload, options);

  readonly leave: AnyChannel['leave'] = () => this.#member.leave();

  readonly retain: AnyChannel['retain'] = () => {
    const release = retain(this, this.#hub.port.clock);
    this.#member.dispatch({ type: 'join' });
    return release;
  };

  // ---- who holds it ----

  held(): void {
    if (!this.#holdsLine) this.#hub.holdLine();
    this.#holdsLine = true;
  }

  released(): void {
    this.#member.dispatch({ type: 'leave' });
    this.#letGo();
  }

  #letGo(): void {
    if (!this.#holdsLine || !isAtRest(this.#member.state) || this.holders) return;
    this.#holdsLine = false;
    this.#hub.freeLine();
  }

  // ---- who listens ----

  deref(): this {
    return this;
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Who listens must find this very channel again, and so must who asks for its topic. */
  #listen(event: string | null, listener: (detail: never) => void): () => void {
    this.#hub.channels.set(this.#key, this);
    return this.#listeners.on(event, listener as (detail: unknown) => void); // its kind goes with the event
  }

  heard({ event, payload }: TopicFact & { type: 'event' }): void {
    const listeners = this.#listeners;
    let checked = payload;
    try {
      const schema = this.schemas?.get(event);
      if (schema) checked = validate(schema, payload);
    } catch (error) {
      this.#hub.port.refuse(payload, error);
      return listeners.emit('invalid', { event, payload, error });
    }
    if (event !== '*' && event !== 'invalid') listeners.emit(event, checked);
    listeners.emit('*', { event, payload: checked });
  }

  changed(): void {
    const seen = this.#snapshot;
    this.#snapshot = sameOrNext(seen, channelSnapshotOf(this.#member.state, this.#member.present));
    if (this.#snapshot !== seen) this.#listeners.emit(null, undefined);
    this.#letGo();
  }
}
