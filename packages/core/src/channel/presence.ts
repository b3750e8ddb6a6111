import type { ChannelFact, PresenceEntry } from '../session';
import { IDLE_CHANNEL_SNAPSHOT } from './snapshot';
import type { PresenceMember } from './types';

type Difference = Pick<ChannelFact & { type: 'presence' }, 'joins' | 'leaves'>;
type PresenceFact = Difference & { readonly state?: readonly PresenceEntry[] };

/** Somebody: what is told of their connections, by ref, and how that is shown. */
interface Person {
  readonly connections: Map<string, unknown>;
  member: PresenceMember | undefined;
}

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
  let present = new Map<string, Person>();
  let early: Difference[] | null = [];

  const personOf = (id: string) => {
    const person = present.get(id) ?? { connections: new Map(), member: undefined };
    present.set(id, person);
    return person;
  };

  /** Joins are taken first: a meta that changes is one that leaves and one that joins. */
  const change = ({ joins = [], leaves = [] }: Difference) => {
    for (const { id, ref, replaces, info } of joins) {
      const { connections } = personOf(id);
      if (replaces !== undefined) connections.delete(replaces);
      connections.set(ref, info);
    }
    for (const { id, ref } of leaves) personOf(id).connections.delete(ref);
    for (const { id } of [...joins, ...leaves]) {
      const person = personOf(id);
      if (person.connections.size) person.member = sameOrNext(person.member, memberOf(id, person));
      else present.delete(id);
    }
  };

  /** Who was there keeps the place, and the object that shows it; who is new comes after. */
  const replace = (state: readonly PresenceEntry[]) => {
    const stay = new Set(state.map(({ id }) => id));
    const before = present;
    present = new Map();
    for (const [id, { member }] of before) if (stay.has(id)) personOf(id).member = member;
    change({ joins: state });
  };

  const show = () => {
    const members = [...present.values()].flatMap(({ member = [] }) => member);
    const { members: shown } = presence;
    const isSame = members.length === shown.length && members.every((member, at) => member === shown[at]);
    if (!isSame) presence.members = members;
  };

  const presence = {
    members: IDLE_CHANNEL_SNAPSHOT.presence,
    take(fact: PresenceFact) {
      if (fact.state) {
        replace(fact.state);
        early?.forEach(change);
        early = null;
      } else if (early) {
        if (early.push(fact) > MAX_EARLY) early.shift(); // the state that comes knows of the oldest
        return;
      } else change(fact);
      show();
    },
    restart() {
      early = [];
    },
  };
  return presence;
}

function memberOf(id: string, { connections }: Person): PresenceMember {
  const metas = [...connections.values()];
  return { id, info: metas.at(-1), metas };
}

/** What servers tell is JSON, so equal text is an equal member; a resync then changes nothing that is shown. */
const sameOrNext = (before: PresenceMember | undefined, next: PresenceMember): PresenceMember =>
  before && JSON.stringify(before) === JSON.stringify(next) ? before : next;
