import type { PhoenixMessage, PhoenixReply } from './phoenixFrames';
import { presencesOf, trackedFrom, type Tracked } from './phoenixPresence';

/** One socket: who is joined to what through it. */
export interface Peer {
  readonly memberships: Map<string, Member>;
  /** Topics that refused a join of this socket once already. */
  readonly busy: Set<string>;
  /** What waits behind a join that is not answered yet, by topic: a server works off a socket in order. */
  readonly held: Map<string, PhoenixMessage[]>;
  send(message: PhoenixMessage): void;
}

interface Member {
  readonly peer: Peer;
  readonly topic: string;
  readonly joinRef: string | null;
  tracked: Tracked | null;
}

export interface PhoenixChannels {
  receive(peer: Peer, message: PhoenixMessage): void;
  /** Its socket is gone. */
  lose(peer: Peer): void;
  publish(topic: string, event: string, payload: unknown): void;
  end(topic: string, how: 'crash' | 'close'): void;
  members(topic: string): number;
  joins(topic: string): number;
  release(): void;
}

export const createPeer = (send: Peer['send']): Peer => ({
  memberships: new Map(),
  busy: new Set(),
  held: new Map(),
  send,
});

/** What `Phoenix.Socket` and its channels do, for topics and events named as `channelServer.ts` says. */
export function createPhoenixChannels(): PhoenixChannels {
  const topics = new Map<string, Set<Member>>();
  const joins = new Map<string, number>();
  const waiting = new Set<() => void>();

  const membersOf = (topic: string) => [...(topics.get(topic) ?? [])];
  const publish = (topic: string, event: string, payload: unknown, except?: Member) => {
    for (const member of membersOf(topic))
      if (member !== except) member.peer.send({ joinRef: null, ref: null, topic, event, payload });
  };
  const tellDiff = (topic: string, joined: Tracked[], left: Tracked[]) =>
    publish(topic, 'presence_diff', { joins: presencesOf(joined), leaves: presencesOf(left) });

  const remove = (member: Member) => {
    const { peer, topic, tracked } = member;
    peer.memberships.delete(topic);
    topics.get(topic)?.delete(member);
    if (tracked) tellDiff(topic, [], [tracked]);
  };

  const join = (peer: Peer, message: PhoenixMessage) => {
    const { topic, joinRef, payload } = message;
    const kind = topic.replace(/^presence[-:]/, '');
    const former = peer.memberships.get(topic);
    if (former) remove(former);
    if (kind.startsWith('refused')) reply(peer, message, 'error', { reason: 'unauthorized' });
    else if (kind.startsWith('busy') && !peer.busy.has(topic)) {
      peer.busy.add(topic);
      reply(peer, message, 'error', { reason: 'busy' });
    } else {
      const tracked = topic.startsWith('presence') ? trackedFrom(payload) : null;
      const member: Member = { peer, topic, joinRef, tracked };
      peer.memberships.set(topic, member);
      topics.set(topic, (topics.get(topic) ?? new Set()).add(member));
      reply(peer, message, 'ok', {});
      if (tracked) welcome(member, tracked);
    }
    if (former) sayEnd(former, 'phx_close'); // after the reply, as the real one
  };

  /** The order of the generated presence modules: track, push the state; the diff comes to everyone, oneself included. */
  const welcome = ({ peer, topic, joinRef }: Member, tracked: Tracked) => {
    const everyone = membersOf(topic).flatMap((member) => member.tracked ?? []);
    peer.send({ joinRef, ref: null, topic, event: 'presence_state', payload: presencesOf(everyone) });
    tellDiff(topic, [tracked], []);
  };

  const askToJoin = (peer: Peer, message: PhoenixMessage) => {
    const { topic } = message;
    if (!topic.replace(/^presence[-:]/, '').startsWith('slow')) return join(peer, message);
    peer.held.set(topic, []);
    waiting.add(() => {
      const behind = peer.held.get(topic);
      if (!behind) return; // the socket is gone
      peer.held.delete(topic);
      join(peer, message);
      for (const next of behind) handle(peer, next);
    });
  };

  const leave = (peer: Peer, message: PhoenixMessage) => {
    const member = peer.memberships.get(message.topic);
    if (member && member.joinRef !== message.joinRef) return; // it was told that this membership has ended
    reply(peer, message, 'ok', {});
    if (!member) return;
    remove(member);
    sayEnd(member, 'phx_close');
  };

  const push = (member: Member, message: PhoenixMessage) => {
    const { peer, topic, tracked } = member;
    const { event, payload } = message;
    if (event === 'silent') return;
    if (event === 'fail') return reply(peer, message, 'error', payload);
    if (event === 'update_presence' && tracked) {
      member.tracked = trackedFrom({ user: tracked.user, info: payload }, tracked);
      tellDiff(topic, [member.tracked], [tracked]);
    } else if (event !== 'echo') publish(topic, event, payload, member);
    reply(peer, message, 'ok', event === 'echo' ? payload : {});
  };

  const handle = (peer: Peer, message: PhoenixMessage): void => {
    const { topic, event } = message;
    if (topic === 'phoenix' && event === 'heartbeat') return reply(peer, message, 'ok', {});
    const behind = peer.held.get(topic);
    if (behind) return void behind.push(message);
    if (event === 'phx_join') return askToJoin(peer, message);
    if (event === 'phx_leave') return leave(peer, message);
    const member = peer.memberships.get(topic);
    if (member) push(member, message);
    else reply(peer, { ...message, joinRef: null }, 'error', { reason: 'unmatched topic' });
  };

  return {
    receive(peer, message) {
      const { topic, event } = message;
      if (event === 'phx_join') joins.set(topic, (joins.get(topic) ?? 0) + 1);
      handle(peer, message);
    },
    lose(peer) {
      peer.held.clear();
      [...peer.memberships.values()].forEach(remove);
    },
    publish: (topic, event, payload) => publish(topic, event, toBuffer(payload)),
    end(topic, how) {
      for (const member of membersOf(topic)) {
        remove(member);
        sayEnd(member, how === 'crash' ? 'phx_error' : 'phx_close');
      }
    },
    members: (topic) => topics.get(topic)?.size ?? 0,
    joins: (topic) => joins.get(topic) ?? 0,
    release() {
      const ready = [...waiting];
      waiting.clear();
      ready.forEach((answer) => answer());
    },
  };
}

function reply(peer: Peer, to: PhoenixMessage, status: PhoenixReply['status'], response: unknown): void {
  const { joinRef, ref, topic } = to;
  peer.send({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } });
}

/** The end of a membership carries its join ref twice. */
function sayEnd({ peer, topic, joinRef }: Member, event: 'phx_error' | 'phx_close'): void {
  peer.send({ joinRef, ref: joinRef, topic, event, payload: {} });
}

const toBuffer = (payload: unknown) => (payload instanceof ArrayBuffer ? Buffer.from(payload) : payload);
