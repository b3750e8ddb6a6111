import type { ChannelFact, PresenceEntry } from '../session';
import { IDLE_CHANNEL_SNAPSHOT } from './snapshot';
import type { PresenceMember } from './types';

type PresenceFact = Pick<ChannelFact & { type: 'presence' }, 'state' | 'joins' | 'leaves'>;
/** The connections of somebody, by ref. */
type Connections = ReadonlyMap<string, unknown>;

/** How many differences wait for a state; a server that sends so many and no state will send none. */
const MAX_EARLY = 1_000;

export interface Presence {
  /** Everybody, in the order in which they came; the same list while nothing changes. */
  readonly members: readonly PresenceMember[];
  take(fact: PresenceFact): void;
  /** Another membership: what is known stays shown until the server says who is there now. */
  restart(): void;
  clear(): void;
}

/** Who is there, from full states and differences; a difference that comes before the first state waits for it. */
export function createPresence(): Presence {
  let present = new Map<string, Connections>();
  let early: PresenceFact[] | null = [];

  const show = (next: Map<string, Connections>) => {
    const shown = new Map(presence.members.map((member) => [member.id, member]));
    const members = [...next].map(([id, connections]) => {
      const before = shown.get(id);
      return before && connections === present.get(id) ? before : sameOrNext(before, memberOf(id, connections));
    });
    const isSame =
      members.length === presence.members.length && members.every((member, at) => member === presence.members[at]);
    present = next;
    if (!isSame) presence.members = members;
  };

  const presence = {
    members: IDLE_CHANNEL_SNAPSHOT.presence,
    take({ state, joins = [], leaves = [] }: PresenceFact) {
      if (state) {
        const waiting = early ?? [];
        early = null;
        show(waiting.reduce(change, inOrderOf(present, change(new Map(), { joins: state }))));
      } else if (early) {
        if (early.length < MAX_EARLY) early.push({ joins, leaves });
      } else show(change(present, { joins, leaves }));
    },
    restart() {
      early = [];
    },
    clear() {
      early = [];
      present = new Map();
      presence.members = IDLE_CHANNEL_SNAPSHOT.presence;
    },
  };
  return presence;
}

/** Joins are taken first: a meta that changes is one that leaves and one that joins. */
function change(present: ReadonlyMap<string, Connections>, { joins = [], leaves = [] }: PresenceFact) {
  const next = new Map(present);
  const edit = ({ id }: PresenceEntry) => new Map(next.get(id));
  for (const entry of joins) {
    const connections = edit(entry);
    if (entry.replaces !== undefined) connections.delete(entry.replaces);
    next.set(entry.id, connections.set(entry.ref, entry.info));
  }
  for (const entry of leaves) {
    const connections = edit(entry);
    connections.delete(entry.ref);
    if (connections.size) next.set(entry.id, connections);
    else next.delete(entry.id);
  }
  return next;
}

/** Who was there keeps the place; who is new comes after. */
function inOrderOf(before: ReadonlyMap<string, Connections>, after: Map<string, Connections>) {
  const ordered = new Map<string, Connections>();
  for (const id of [...before.keys(), ...after.keys()]) {
    const connections = after.get(id);
    if (connections) ordered.set(id, connections);
  }
  return ordered;
}

function memberOf(id: string, connections: Connections): PresenceMember {
  const metas = [...connections.values()];
  return { id, info: metas.at(-1), metas };
}

/** What servers tell is JSON, so equal text is an equal member; a resync then changes nothing that is shown. */
const sameOrNext = (before: PresenceMember | undefined, next: PresenceMember): PresenceMember =>
  before && JSON.stringify(before) === JSON.stringify(next) ? before : next;
