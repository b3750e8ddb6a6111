import { randomUUID } from 'node:crypto';

/** Somebody who is present, as `Phoenix.Presence` keeps it: who, and what is told about this connection of theirs. */
export interface Tracked {
  readonly user: string;
  readonly meta: { readonly phx_ref: string; readonly phx_ref_prev?: string };
}

/** From the join's params, or from an update of what was tracked `before`. */
export function trackedFrom(params: unknown, before?: Tracked): Tracked {
  const { user = 'anonymous', info = {} } = params as { user?: string; info?: object }; // as the client under test sends it
  const previous = before && { phx_ref_prev: before.meta.phx_ref };
  return { user, meta: { ...info, phx_ref: randomUUID(), ...previous } };
}

/** The shape of `presence_state`, and of each half of `presence_diff`. */
export function presencesOf(tracked: readonly Tracked[]): Record<string, { metas: Tracked['meta'][] }> {
  const metas = new Map<string, Tracked['meta'][]>();
  for (const { user, meta } of tracked) metas.set(user, [...(metas.get(user) ?? []), meta]);
  return Object.fromEntries([...metas].map(([user, all]) => [user, { metas: all }]));
}
