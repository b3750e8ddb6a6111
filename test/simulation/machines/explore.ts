/** A machine in a world, as an explorer sees it: situations that behave alike are one, and have one key. */
export interface Explored<S, E> {
  readonly start: S;
  /** Equal for situations that behave alike. */
  keyOf(situation: S): string;
  /** All that can happen here. */
  eventsIn(situation: S): readonly E[];
  /** What comes of it, and which rules that breaks. */
  after(situation: S, event: E): { readonly next: S; readonly broken: readonly string[] };
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** The rules that were broken, each with the way to where it was first: a shortest one. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
}

interface Visit<S, E> {
  readonly situation: S;
  readonly from: Visit<S, E> | undefined;
  readonly by: E | undefined;
}

/** Goes everywhere, nearest first, and does everything that can be done there. */
export function explore<S, E>({ start, keyOf, eventsIn, after }: Explored<S, E>): Exploration {
  const known = new Set([keyOf(start)]);
  const visits: Visit<S, E>[] = [{ situation: start, from: undefined, by: undefined }];
  const broken = new Map<string, string[]>();
  let transitions = 0;
  for (const visit of visits) {
    for (const event of eventsIn(visit.situation)) {
      transitions++;
      const { next, broken: rules } = after(visit.situation, event);
      const here = { situation: next, from: visit, by: event };
      for (const rule of rules) if (!broken.has(rule)) broken.set(rule, wayTo(here));
      const key = keyOf(next);
      if (known.has(key)) continue;
      known.add(key);
      visits.push(here);
    }
  }
  return { states: known.size, transitions, broken };
}

function wayTo<S, E>(end: Visit<S, E>): string[] {
  const way: string[] = [];
  for (let visit: Visit<S, E> | undefined = end; visit?.from; visit = visit.from) way.unshift(JSON.stringify(visit.by));
  return way;
}
