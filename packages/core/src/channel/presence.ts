import type { ChannelFact, PresenceEntry } from '../session';
import { NOBODY } from './snapshot';
import type { PresenceMember } from './types';

type Difference = Pick<ChannelFact & { type: 'presence' }, 'joins' | 'leaves'>;
type PresenceFact = Difference & { readonly state?: readonly PresenceEntry[] };

/** How many differences wait for a state at most. */
const MAX_EARLY = 1_000;

export interface Presence {
  /** Everybody, in the order in which they came; the same list while nothing changes. */
  readonly members: readonly PresenceMember[];
  take(fact: PresenceFact): void;
  /** Another membership: what is known stays shown until the server says who is there now. */
  restart(): void;
}

/** Who is there, from full states and differences; a difference that comes before the first state waits for it. */
export function createPresence(): Presence {
  /** By id, what is told of each of their connections, by ref. */
  let told = new Map<string, Map<string, unknown>>();
  /** By id, in the order in which they came. */
  const shown = new Map<string, PresenceMember>();
  let early: Difference[] | null = [];

  const connectionsOf = (id: string) => {
    const connections = told.get(id) ?? new Map<string, unknown>();
    told.set(id, connections);
    return connections;
  };

  /** Joins are taken first: a meta that changes is one that leaves and one that joins. */
  const change = ({ joins = [], leaves = [] }: Difference) => {
    for (const { id, ref, replaces, info } of joins) {
      const connections = connectionsOf(id);
      if (replaces !== undefined) connections.delete(replaces);
      connections.set(ref, info);
    }
    for (const { id, ref } of leaves) connectionsOf(id).delete(ref);
    for (const { id } of [...joins, ...leaves]) {
      const metas = [...connectionsOf(id).values()];
      if (metas.length) shown.set(id, sameOrNext(shown.get(id), { id, info: metas.at(-1), metas }));
      else {
        told.delete(id);
        shown.delete(id);
      }
    }
  };

  /** Who was there keeps the place, and the object that shows it; who is new comes after. */
  const replace = (state: readonly PresenceEntry[]) => {
    const stay = new Set(state.map(({ id }) => id));
    for (const id of shown.keys()) if (!stay.has(id)) shown.delete(id);
    told = new Map();
    change({ joins: state });
  };

  const presence = {
    members: NOBODY,
    take(fact: PresenceFact) {
      if (fact.state) {
        replace(fact.state);
        early?.forEach(change);
        early = null;
      } else if (early) {
        if (early.push(fact) > MAX_EARLY) early.shift(); // the state that comes knows of the oldest
        return;
      } else change(fact);
      const { members } = presence;
      const now = [...shown.values()];
      if (now.length !== members.length || now.some((member, at) => member !== members[at])) presence.members = now;
    },
    restart() {
      early = [];
    },
  };
  return presence;
}

/** What servers tell is JSON, so equal text is an equal member; a resync then changes nothing that is shown. */
const sameOrNext = (before: PresenceMember | undefined, next: PresenceMember): PresenceMember =>
  before && JSON.stringify(before) === JSON.stringify(next) ? before : next;
